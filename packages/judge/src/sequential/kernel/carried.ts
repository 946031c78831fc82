import type { Counts } from './growth.ts';

/** Seconds after which what met nobody on the other side is dropped. When to drop depends on the units alone, so that it costs nothing. */
const LONGEST = 10;

/** Carries counts into the next second until both arms have units: without them nothing can be compared. */
export class Carried {
  #counts: Counts = NONE;
  #seconds = 0;

  /** null: not yet, or dropped. */
  with({ newUnits, newBad, oldUnits, oldBad }: Counts): Counts | null {
    const before = this.#counts;
    const counts = {
      newUnits: before.newUnits + newUnits,
      newBad: before.newBad + newBad,
      oldUnits: before.oldUnits + oldUnits,
      oldBad: before.oldBad + oldBad,
    };
    const isWhole = counts.newUnits > 0 && counts.oldUnits > 0;
    this.#seconds += 1;
    const isOver = isWhole || this.#seconds >= LONGEST;
    this.#counts = isOver ? NONE : counts;
    if (isOver) this.#seconds = 0;
    return isWhole ? counts : null;
  }
}

const NONE: Counts = { newUnits: 0, newBad: 0, oldUnits: 0, oldBad: 0 };
