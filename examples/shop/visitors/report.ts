/** One answer, or the lack of one. Times in epoch ms. */
export interface Answered {
  readonly at: number;
  readonly path: string;
  /** null: no answer came. */
  readonly status: number | null;
  /** As the answer's header names it; `unknown` where it names none. */
  readonly version: string;
  /** Of the flag `one-click`, where the answer's header names it. */
  readonly variant: string | null;
  /** From sending to the end of the answer. */
  readonly milliseconds: number;
}

export interface VersionReport {
  readonly requests: number;
  /** Answers of 500 and above. */
  readonly bad: number;
  readonly firstBadAt: number | null;
  readonly lastAt: number;
}

export interface VisitorReport {
  readonly requests: number;
  readonly byVersion: Readonly<Record<string, VersionReport>>;
  /** Requests that got no answer. */
  readonly lost: number;
}

/** Counts answers as they come. */
export class Tally {
  readonly #versions = new Map<string, VersionReport>();
  #requests = 0;
  #lost = 0;

  add({ at, status, version }: Answered): void {
    this.#requests += 1;
    if (status === null) {
      this.#lost += 1;
      return;
    }
    const before = this.#versions.get(version) ?? { requests: 0, bad: 0, firstBadAt: null, lastAt: at };
    const bad = status >= 500;
    this.#versions.set(version, {
      requests: before.requests + 1,
      bad: before.bad + (bad ? 1 : 0),
      firstBadAt: before.firstBadAt ?? (bad ? at : null),
      lastAt: Math.max(before.lastAt, at),
    });
  }

  report(): VisitorReport {
    return { requests: this.#requests, byVersion: Object.fromEntries(this.#versions), lost: this.#lost };
  }
}
