import type { Clock, ServedSet } from '@slipway/engine';

/** How soon, in milliseconds, a server knows of what another one changed, whatever became of the notice of it. */
const KNOWN_WITHIN = 2_500;
/** What waits for more than that is answered at once. */
const MOST_WAITING = 20_000;

interface Waiting {
  readonly version: number;
  readonly go: () => void;
}

/**
 * Holds back who was told by another server of a change that this one has not heard of yet: with an answer from before the change, a
 * client would rest content, as nobody tells it a second time.
 */
export class CatchUp {
  readonly #clock: Pick<Clock, 'after'>;
  readonly #bySet = new Map<string, Set<Waiting>>();
  #all = 0;

  constructor(clock: Pick<Clock, 'after'>) {
    this.#clock = clock;
  }

  get waiting(): number {
    return this.#all;
  }

  /** Calls back at once, or when the set has come to the version, or when it takes too long. `served`: 0: there is none. */
  reach(set: string, at: { readonly served: number; readonly told: number }, go: () => void): void {
    if (at.told <= at.served || this.#all >= MOST_WAITING) return go();
    const ofSet = this.#bySet.get(set) ?? new Set();
    const leave = (): void => {
      if (!ofSet.delete(waiting)) return;
      this.#all -= 1;
      cancel();
      go();
    };
    const waiting: Waiting = { version: at.told, go: leave };
    this.#bySet.set(set, ofSet.add(waiting));
    this.#all += 1;
    const cancel = this.#clock.after(KNOWN_WITHIN, leave);
  }

  changed({ set, state }: Pick<ServedSet, 'set' | 'state'>): void {
    for (const { version, go } of this.#bySet.get(set) ?? []) if (version <= state.version) go();
  }

  /** Nobody is kept waiting any longer. */
  close(): void {
    for (const ofSet of this.#bySet.values()) for (const { go } of ofSet) go();
  }
}
