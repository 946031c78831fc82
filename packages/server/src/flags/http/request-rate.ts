/** Milliseconds that are counted together. */
const WINDOW = 10_000;
/** Names that are told apart within one window: what comes beyond shares one count, so memory has an end. */
const MOST_NAMES = 100_000;
const REST = '';

/** Counts requests by name in windows of ten seconds. Cheaper by far than what it protects. */
export class RequestRate {
  readonly #most: number;
  #counts = new Map<string, Count>();
  #window = Number.NaN;

  /** `perSecond`: may be exceeded for a moment; ten times as many in ten seconds may not. */
  constructor(perSecond: number) {
    this.#most = perSecond * (WINDOW / 1000);
  }

  /** Counts a request at `now` (milliseconds of running time). Returns how many seconds it must wait; 0: none. */
  waitFor(name: string, now: number): number {
    const window = Math.floor(now / WINDOW);
    if (window !== this.#window) {
      this.#window = window;
      this.#counts = new Map();
    }
    const count = this.#counts.get(name) ?? this.#begin(name);
    count.requests += 1;
    return count.requests <= this.#most ? 0 : Math.ceil(((window + 1) * WINDOW - now) / 1000);
  }

  #begin(name: string): Count {
    const counted = this.#counts.size < MOST_NAMES ? name : REST;
    const count = this.#counts.get(counted) ?? { requests: 0 };
    this.#counts.set(counted, count);
    return count;
  }
}

interface Count {
  requests: number;
}
