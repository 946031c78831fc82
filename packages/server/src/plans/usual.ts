import { type LatencyShape, quantileOf, shapeAt, shapeThrough } from '@slipway/judge';
import type { JudgedMetric } from '@slipway/plan';

/** What a plan does not say: taken for granted, and said to be. */
const USUAL = { lower: 0.003, higher: 0.03 } as const;
/** How many times the median 99 of 100 answers stay within. */
const TAIL = 5;
const TAIL_QUANTILE = 0.99;
const MEDIAN = 0.5;
/** Stands for a time where only how many times another one it is counts. Milliseconds. */
const ANY_TIME = 100;

/** Of a share. */
export interface UsualShare {
  readonly usual: number;
  readonly isAssumed: boolean;
}

export function usualShare({ usual, better }: Pick<JudgedMetric, 'usual' | 'better'>): UsualShare {
  return { usual: usual ?? USUAL[better], isAssumed: usual === undefined };
}

/** Of a latency: milliseconds, null where they are not known. */
export interface UsualTimes {
  readonly shape: LatencyShape;
  readonly usual: number | null;
  readonly median: number | null;
  readonly tail: number;
}

/** null: a margin or a limit is a time, and nobody said how long answers take. */
export function usualTimes(
  { usual, usualMedian, plus, limit }: Pick<JudgedMetric, 'usual' | 'usualMedian' | 'plus' | 'limit'>,
  quantile: number,
): UsualTimes | null {
  if (usual === undefined && (plus > 0 || limit !== null)) return null;
  const { spread } = shapeThrough(1, TAIL, TAIL_QUANTILE);
  const shape =
    usualMedian === undefined || usual === undefined || quantile <= MEDIAN
      ? shapeAt(usual ?? ANY_TIME, quantile, spread)
      : shapeThrough(usualMedian, usual, quantile);
  const tail = quantileOf(shape, TAIL_QUANTILE) / shape.median;
  return { shape, usual: usual ?? null, median: usualMedian ?? null, tail };
}

/** A harm that a launch is to find, beyond what the margin allows. */
const [WORSE_SHARE, LOWER_SHARE, SLOWER] = [10 / 3, 3 / 4, 2] as const;

/** About three times as many; where the margin allows that, twice what it allows, at most half of what is left. */
export function soughtShare(usual: number, allowed: number): number {
  const sought = usual > 0 && allowed < WORSE_SHARE * usual ? WORSE_SHARE * usual : 2 * allowed;
  return Math.min(sought, (1 + Math.min(1, allowed)) / 2);
}

/** Where higher is better: a quarter fewer, or half of what the margin allows. */
export function soughtFewer(usual: number, allowed: number): number {
  return allowed > LOWER_SHARE * usual ? LOWER_SHARE * usual : allowed / 2;
}

/** Twice as slow, or twice what the margin allows. */
export function soughtSlower(allowed: number): number {
  return allowed < SLOWER ? SLOWER : 2 * allowed;
}
