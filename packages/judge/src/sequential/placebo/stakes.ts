/** Part of the stake that is bet on the first shards from their first look on. */
export const EARLY = 0.8;
/** Half of what is left waits for harm that begins later, the other half for other shards. */
const WAITING = (1 - EARLY) / 2;

export interface StakesState {
  readonly spans: number;
  readonly later: number;
}

/** How much is bet on what, at most 1 in all: never more is taken than is there, and something always waits. */
export class Stakes {
  #spans = 0;
  #later = 0;

  /** On shards of which some came or went. The j-th time after the first one 1/(j(j+1)) of what waits for that. */
  takeForSpan(): number {
    const nth = this.#spans;
    this.#spans += 1;
    return nth === 0 ? EARLY : WAITING / (nth * (nth + 1));
  }

  /** On harm that begins later. Half of what waits for that. */
  takeForLater(): number {
    this.#later += 1;
    return WAITING / 2 ** this.#later;
  }

  /** What waits. */
  get left(): number {
    const forSpans = this.#spans === 0 ? EARLY + WAITING : WAITING / this.#spans;
    return forSpans + WAITING / 2 ** this.#later;
  }

  state(): StakesState {
    return { spans: this.#spans, later: this.#later };
  }

  restore({ spans, later }: StakesState): void {
    this.#spans = spans;
    this.#later = later;
  }
}
