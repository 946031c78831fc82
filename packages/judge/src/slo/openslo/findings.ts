/** Why a document is not taken. */
export type Refusal =
  | 'not-openslo'
  | 'unknown-kind'
  | 'no-name'
  | 'too-large'
  | 'missing'
  | 'wrong-type'
  | 'wrong-value'
  | 'name-taken'
  | 'unknown-reference'
  | 'timeslices'
  | 'calendar-window'
  | 'threshold-metric'
  | 'raw-ratio'
  | 'composite'
  | 'one-expected'
  | 'one-of-two'
  | 'not-above'
  | 'not-in-minutes';

/** What is taken otherwise than it is written, or not at all, while the rest of the document is. */
export type Loss =
  | 'not-kept'
  | 'kind-not-kept'
  | 'unused'
  | 'fixed-length'
  | 'or-equal'
  | 'wait-not-kept'
  | 'never-alerts'
  | 'connection-not-kept'
  | 'short-window-in-annotation';

/** Something about one place in one document. Never holds a value: it might be a secret. */
export interface SloFinding<Code extends Refusal | Loss = Refusal | Loss> {
  readonly code: Code;
  /** `SLO checkout`; `document 3` where it has no name. */
  readonly document: string;
  /** `spec.timeWindow[0].duration`; '' for the whole document. */
  readonly path: string;
}

/** Most findings that are told of each sort; a file that has more is not the file that was meant. */
const MOST = 1_000;

/** Gathers what is said of the documents while they are read. The same thing is said once. */
export class Findings {
  readonly #refused = new Map<string, SloFinding<Refusal>>();
  readonly #losses = new Map<string, SloFinding<Loss>>();

  refuse(document: string, path: string, code: Refusal): void {
    if (this.#refused.size < MOST) this.#refused.set(`${document}\n${path}\n${code}`, { code, document, path });
  }

  lose(document: string, path: string, code: Loss): void {
    if (this.#losses.size < MOST) this.#losses.set(`${document}\n${path}\n${code}`, { code, document, path });
  }

  /** Everything that the others hold, too. */
  add(others: Findings): void {
    for (const { document, path, code } of others.refused) this.refuse(document, path, code);
    for (const { document, path, code } of others.losses) this.lose(document, path, code);
  }

  get refused(): readonly SloFinding<Refusal>[] {
    return [...this.#refused.values()];
  }

  get losses(): readonly SloFinding<Loss>[] {
    return [...this.#losses.values()];
  }
}
