import type { Counts } from './growth.ts';

/** Seconds after which what met nobody on the other side is dropped. When to drop depends on the units alone, so that it costs nothing. */
const LONGEST = 10;

/** Counts that wait for the other side, and for how many seconds already; null: none do. */
export type CarriedState = (Counts & { readonly seconds: number }) | null;

/** Carries counts into the next second until both arms have units: without them nothing can be compared. */
export class Carried {
  #waiting: CarriedState = null;

  /** null: not yet, or dropped. */
  with(fresh: Counts): Counts | null {
    const before = this.#waiting;
    const counts = before === null ? fresh : sumOf(before, fresh);
    const isWhole = counts.newUnits > 0 && counts.oldUnits > 0;
    const seconds = (before?.seconds ?? 0) + 1;
    this.#waiting = isWhole || seconds >= LONGEST ? null : { ...counts, seconds };
    return isWhole ? counts : null;
  }

  state(): CarriedState {
    return this.#waiting;
  }

  restore(state: CarriedState): void {
    this.#waiting = state;
  }
}

function sumOf(one: Counts, other: Counts): Counts {
  return {
    newUnits: one.newUnits + other.newUnits,
    newBad: one.newBad + other.newBad,
    oldUnits: one.oldUnits + other.oldUnits,
    oldBad: one.oldBad + other.oldBad,
  };
}
