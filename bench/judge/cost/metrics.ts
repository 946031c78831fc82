import {
  bucketOf,
  type BucketCount,
  type Counts,
  LatencyMetric,
  type LatencyReading,
  RateMetric,
  DEFAULT_DESIGN,
} from '@slipway/judge';
import { STRICT } from '../contenders/slipway.ts';
import { MIDDLE } from '../grid.ts';
import { armsOf } from '../streams/arms.ts';
import { STEADY } from '../streams/pattern.ts';
import { type Random, randomOf } from '../streams/random.ts';
import { NO_REGRESSION } from '../streams/regression.ts';

/** Seconds that are drawn beforehand, and come again and again. */
export const DRAWN = 256;
const LEVELS = [
  { quantile: 0.5, share: 0.1 },
  { quantile: 0.75, share: 0.1 },
  { quantile: 0.9, share: 0.2 },
  { quantile: 0.95, share: 0.2 },
  { quantile: 0.99, share: 0.4 },
];

export function newRateMetric(): RateMetric {
  return new RateMetric({ margin: STRICT, promotion: STRICT, dispersion: 1, skew: 0 }, DEFAULT_DESIGN);
}

export function newLatencyMetric(): LatencyMetric {
  const rules = { ratio: 1.2, addMs: 0, levels: LEVELS, promotionLevel: 0.99, halfLife: 300, dispersion: 1 };
  return new LatencyMetric(rules, DEFAULT_DESIGN);
}

/** Seconds of the middle cell. */
export function drawnCounts(): readonly Counts[] {
  const scene = { cell: MIDDLE, pattern: STEADY, regression: NO_REGRESSION };
  const stream = armsOf(scene, randomOf('cost, counts'));
  return Array.from({ length: DRAWN }, (_, second) => stream(second + 1));
}

/** Seconds of the middle cell, its answers lognormal with a median of 100 ms and a p99 of 404 ms. */
export function drawnLatencies(): readonly LatencyReading[] {
  const random = randomOf('cost, latencies');
  const fresh = MIDDLE.rate * MIDDLE.share;
  return Array.from({ length: DRAWN }, () => ({
    new: histogram(fresh, random),
    old: histogram(MIDDLE.rate - fresh, random),
  }));
}

export function lognormal(random: Random): number {
  // Box and Muller; 1 - u is never 0.
  const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return 100 * Math.exp(0.6 * normal);
}

function histogram(answers: number, random: Random): readonly BucketCount[] {
  const counts = new Map<number, number>();
  for (let answer = 0; answer < answers; answer += 1) {
    const bucket = bucketOf(lognormal(random));
    counts.set(bucket, (counts.get(bucket) ?? 0) + 1);
  }
  return [...counts];
}
