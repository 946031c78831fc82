import type { Counts } from '../kernel/growth.ts';

/** What happened on the new version in one second against what happened on the old one in each that it may be by another clock. */
export class ClockShifts {
  readonly #skew: number;
  /** The newest 2 * skew + 1 seconds, the oldest first. */
  #recent: Counts[] = [];

  /** `skew`: seconds by which the arms' clocks may differ; 0 where one clock counts both. */
  constructor(skew: number) {
    this.#skew = skew;
  }

  get shifts(): number {
    return 2 * this.#skew + 1;
  }

  /** One second more; gives the one `skew` before it, once for each shift. null: too few have been seen. */
  with(counts: Counts): readonly Counts[] | null {
    const recent = this.#recent;
    if (recent.push(counts) > this.shifts) recent.shift();
    const fresh = recent[this.#skew];
    if (recent.length < this.shifts || fresh === undefined) return null;
    return this.#skew === 0 ? recent : recent.map((old) => shiftedOf(fresh, old));
  }

  state(): readonly Counts[] {
    return [...this.#recent];
  }

  restore(recent: readonly Counts[]): void {
    this.#recent = [...recent];
  }
}

/** The new version in one second against the old one in another. */
function shiftedOf(fresh: Counts, old: Counts): Counts {
  return { newUnits: fresh.newUnits, newBad: fresh.newBad, oldUnits: old.oldUnits, oldBad: old.oldBad };
}
