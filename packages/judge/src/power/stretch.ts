import type { Point } from '../sequential/kernel/design.ts';
import { ComparisonBets, type Counts, type DispersedMargin } from '../sequential/kernel/growth.ts';

/** Traffic a second on each version. */
export interface Split {
  readonly newUnits: number;
  readonly oldUnits: number;
}

/** Some seconds at one split, and what a bet on each point of the grid comes to there. */
export interface Stretch extends Split {
  readonly seconds: number;
  /** The new version's share of bad answers, 0..1. */
  readonly fresh: number;
  readonly slopes: Slopes;
}

/** What the logarithm of a bet grows by, point by point: it is linear in the counts as long as the split stays. */
export interface Slopes {
  readonly second: Float64Array;
  readonly newBad: Float64Array;
  readonly oldBad: Float64Array;
}

/** Of what is bet in a second with this traffic on both versions. Reads them off the judge's own bets. */
export function slopesOf(grid: readonly Point[], { newUnits, oldUnits }: Split, margin: DispersedMargin): Slopes {
  const bets = new ComparisonBets(grid, margin);
  // The bets use their memory again.
  const on = (counts: Pick<Counts, 'newBad' | 'oldBad'>) =>
    Float64Array.from(bets.on({ newUnits, oldUnits, ...counts }));
  const second = on({ newBad: 0, oldBad: 0 });
  const beyond = (logs: Float64Array) => logs.map((log, k) => log - (second[k] ?? 0));
  return {
    second,
    newBad: beyond(on({ newBad: 1, oldBad: 0 })),
    oldBad: beyond(on({ newBad: 0, oldBad: 1 })),
  };
}
