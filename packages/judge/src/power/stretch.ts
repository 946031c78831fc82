import type { Point } from '../sequential/kernel/design.ts';
import { ComparisonBets, type Counts, type DispersedMargin } from '../sequential/kernel/growth.ts';
import { LimitBets } from '../sequential/kernel/limit-bets.ts';

/** Traffic a second on each version. */
export interface Split {
  readonly newUnits: number;
  readonly oldUnits: number;
}

/** A number for each cell: kinds of answers, the mildest first, that exclude each other. */
export interface Cells {
  readonly fresh: readonly number[];
  readonly old: readonly number[];
}

/** Some seconds at one split, and what a bet on each point of the grid comes to there. */
export interface Stretch extends Split {
  readonly seconds: number;
  /** Share of both versions' answers in each cell, 0..1. */
  readonly shares: Cells;
  readonly slopes: Slopes;
  /** Seconds, by level, in which nothing can be bet on it yet. */
  readonly delays: readonly number[];
}

/** What the logarithm of a bet grows by, point by point: it is linear in the counts as long as the split stays. */
export interface Slopes {
  readonly second: Float64Array;
  readonly newBad: Float64Array;
  readonly oldBad: Float64Array;
}

/** Of what is bet in a second with this traffic on both versions. Reads them off the judge's own bets. */
export function slopesOf(grid: readonly Point[], { newUnits, oldUnits }: Split, margin: DispersedMargin): Slopes {
  if (oldUnits <= 0) return nothing(grid);
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

/** Of what is bet on a share of bad answers above a limit (0..1), clusters counted once. */
export function limitSlopes(
  grid: readonly Point[],
  units: number,
  { limit, dispersion }: { readonly limit: number; readonly dispersion: number },
): Slopes {
  const bets = new LimitBets(grid);
  const on = (all: number, bad: number) => Float64Array.from(bets.on(all / dispersion, bad / dispersion, limit));
  return { second: on(units, 0), newBad: on(0, 1), oldBad: new Float64Array(grid.length) };
}

/** Where nothing is bet. */
export function nothing(grid: readonly Point[]): Slopes {
  const none = new Float64Array(grid.length);
  return { second: none, newBad: none, oldBad: none };
}
