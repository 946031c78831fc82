import type { Counts } from '../kernel/growth.ts';

export interface RatioEstimateState {
  readonly fresh: number;
  readonly old: number;
}

/**
 * How many times the old version's share the new one's is, from seconds in which traffic, split and shares were others: bad units that are
 * weighed by the other arm's part of the second (Mantel and Haenszel 1959). Adding up all seconds first would take a bad hour with
 * another split for a ratio.
 */
export class RatioEstimate {
  #fresh = 0;
  #old = 0;

  /** A second in which both arms had units. */
  add({ newUnits, newBad, oldUnits, oldBad }: Counts): void {
    const units = newUnits + oldUnits;
    this.#fresh += (newBad * oldUnits) / units;
    this.#old += (oldBad * newUnits) / units;
  }

  /** null: the old version had no bad units, so that nothing is a number of times as many. */
  get value(): number | null {
    return this.#old > 0 ? this.#fresh / this.#old : null;
  }

  state(): RatioEstimateState {
    return { fresh: this.#fresh, old: this.#old };
  }

  restore({ fresh, old }: RatioEstimateState): void {
    this.#fresh = fresh;
    this.#old = old;
  }
}
