import type { Counts } from '@slipway/judge';

export const NO_COUNTS: Counts = { newUnits: 0, newBad: 0, oldUnits: 0, oldBad: 0 };

export function addCounts(one: Counts, other: Counts): Counts {
  return {
    newUnits: one.newUnits + other.newUnits,
    newBad: one.newBad + other.newBad,
    oldUnits: one.oldUnits + other.oldUnits,
    oldBad: one.oldBad + other.oldBad,
  };
}
