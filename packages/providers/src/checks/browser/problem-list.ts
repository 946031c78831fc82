import { problemKey, shownProblem } from './problem-key.ts';

const MAX_DISTINCT = 100;
const LONGEST = 20_000;

/** Problems of one kind that a page had: each distinct one once, and how many there were in all. */
export interface Problems {
  readonly total: number;
  /** The shown text of the first, by what tells it from others. */
  readonly distinct: ReadonlyMap<string, string>;
  /** There were more distinct ones than are kept. */
  readonly cut: boolean;
}

/** Collects problems as they come; bounded however many there are. */
export class ProblemList implements Problems {
  readonly #origin: string;
  readonly #redact: (text: string) => string;
  readonly #distinct = new Map<string, string>();
  #total = 0;
  #cut = false;

  /** `redact`: a page may repeat what was typed into it. */
  constructor(origin: string, redact: (text: string) => string) {
    this.#origin = origin;
    this.#redact = redact;
  }

  get total(): number {
    return this.#total;
  }

  get distinct(): ReadonlyMap<string, string> {
    return this.#distinct;
  }

  get cut(): boolean {
    return this.#cut;
  }

  /** `kind` tells problems apart as it is, numbers too: the status of an answer. */
  add(text: string, kind = ''): void {
    this.#total += 1;
    // A page may write megabytes: what is shown and compared is far shorter than this.
    const redacted = this.#redact(text.slice(0, LONGEST));
    const key = `${kind} ${problemKey(redacted, this.#origin)}`.trim();
    if (this.#distinct.has(key)) return;
    if (this.#distinct.size < MAX_DISTINCT) this.#distinct.set(key, `${kind} ${shownProblem(redacted)}`.trim());
    else this.#cut = true;
  }
}
