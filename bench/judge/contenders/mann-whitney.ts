import { ONE_PERCENT } from './normal.ts';

/** By how much one sample lies above another. */
export interface Shift {
  /** Lower end of the interval that holds it with 98 %. */
  readonly lower: number;
  /** Hodges and Lehmann's: the median of all differences. */
  readonly estimate: number;
}

/**
 * The Mann-Whitney interval of a shift, in the normal approximation with correction for continuity and ties, as R's wilcox.test has it:
 * its end is the difference at which the test just does not reject (Hollander, Wolfe, Nonparametric Statistical Methods, section 4.3).
 */
export function shiftOf(sample: readonly number[], other: readonly number[]): Shift {
  const differences = Float64Array.from(sample.flatMap((one) => other.map((each) => one - each))).toSorted();
  const middle = differences.length / 2;
  const below = differences[Math.ceil(middle) - 1] ?? Number.NaN;
  const above = differences[Math.floor(middle)] ?? Number.NaN;
  return { lower: differences[rankOf(sample, other)] ?? Number.NaN, estimate: (below + above) / 2 };
}

/** Whether the lower end is above 0: asked of every minute, so without sorting. */
export function isAboveZero(sample: readonly number[], other: readonly number[]): boolean {
  const rank = rankOf(sample, other);
  let notAbove = 0;
  for (const one of sample) for (const each of other) if (one <= each) notAbove += 1;
  return notAbove <= rank;
}

/** Index of the lower end among the sorted differences: the first one where there are too few for the test ever to reject. */
function rankOf(sample: readonly number[], other: readonly number[]): number {
  const pairs = sample.length * other.length;
  const all = sample.length + other.length;
  // At the interval's end one sample is shifted, so that only values of the same sample are tied.
  const ties = (tiesOf(sample) + tiesOf(other)) / (all * (all - 1));
  const spread = Math.sqrt((pairs / 12) * (all + 1 - ties));
  return Math.max(0, Math.floor(pairs / 2 - 0.5 - ONE_PERCENT * spread));
}

/** Sum of t^3 - t over groups of t equal values. */
function tiesOf(sample: readonly number[]): number {
  const groups = new Map<number, number>();
  for (const value of sample) groups.set(value, (groups.get(value) ?? 0) + 1);
  let ties = 0;
  for (const size of groups.values()) ties += size ** 3 - size;
  return ties;
}
