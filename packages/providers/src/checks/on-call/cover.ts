import type { RotaShift } from '@slipway/provider-kit';

/** A stretch of time with the same people on call; nobody, where `who` is empty. Epoch ms. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly who: readonly string[];
}

/** Milliseconds: a shift that ends at 17:59:59 leaves nobody alone. */
const NO_GAP = 60_000;

/** Who is on call from `from` to `to`, stretch by stretch and without a hole: what nobody covers is a stretch of nobody. */
export function cover(shifts: readonly RotaShift[], from: number, to: number): readonly Stretch[] {
  const staffed = shifts.filter(({ who }) => who.length > 0);
  const edges = staffed.flatMap((shift) => [shift.from, shift.to]).filter((at) => at > from && at < to);
  const moments = [from, ...[...new Set(edges)].toSorted((one, other) => one - other), to];
  const stretches = moments.slice(0, -1).map((at, index): Stretch => {
    const there = staffed.filter((shift) => shift.from <= at && shift.to > at);
    return { from: at, to: moments[index + 1] ?? to, who: [...new Set(there.flatMap(({ who }) => who))] };
  });
  const counts = (each: Stretch): boolean => each.who.length > 0 || each.to - each.from >= Math.min(NO_GAP, to - from);
  return joined(stretches.filter(counts), from, to);
}

/** The same people one after the other are one stretch; each begins where the one before ended. */
function joined(stretches: readonly Stretch[], from: number, to: number): readonly Stretch[] {
  const others = stretches.filter(({ who }, index) => stretches[index - 1]?.who.join('\n') !== who.join('\n'));
  return others.map(({ who, ...stretch }, index): Stretch => {
    return { from: index === 0 ? from : stretch.from, to: others[index + 1]?.from ?? to, who };
  });
}
