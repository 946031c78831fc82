import type { MetricCounts } from '../../analysis/counts.ts';
import { BUCKETS, bucketOf } from '../../sequential/metrics/buckets.ts';
import type { BucketCount } from '../../sequential/metrics/latency-metric.ts';
import type { LatencyShape } from '../question.ts';

/** What the versions answer: the old one as usual, the new one with so much harm. */
export interface Answering {
  readonly usual: number | LatencyShape;
  readonly harm: number;
  /** So many bad answers at once. */
  readonly dispersion: number;
}

/** Answers of both versions between two looks, by how many are expected of each. */
export function answersOf(
  { usual, harm, dispersion }: Answering,
  next: () => number,
): (fresh: number, old: number) => MetricCounts {
  if (typeof usual !== 'number') {
    const slower = { ...usual, median: usual.median * harm };
    const slowly = latenciesOf(dispersion, next);
    return (fresh, old) => ({ kind: 'latency', new: slowly(fresh, slower), old: slowly(old, usual) });
  }
  const clusters = (mean: number) => dispersion * poisson(next, mean / dispersion);
  return (fresh, old) => {
    const [newBad, oldBad] = [clusters(fresh * harm), clusters(old * usual)];
    const newUnits = newBad + poisson(next, fresh * (1 - harm));
    const oldUnits = oldBad + poisson(next, old * (1 - usual));
    return { kind: 'ratio', newUnits, newBad, oldUnits, oldBad };
  };
}

/** Answers by bucket. */
function latenciesOf(dispersion: number, next: () => number) {
  return (mean: number, { median, spread }: LatencyShape): readonly BucketCount[] => {
    const counts = new Map<number, number>();
    const arrivals = poisson(next, mean / dispersion);
    for (let arrival = 0; arrival < arrivals; arrival += 1) {
      const ms = median * Math.exp(spread * normal(next));
      const bucket = Math.min(BUCKETS - 1, Math.max(0, bucketOf(ms)));
      counts.set(bucket, (counts.get(bucket) ?? 0) + dispersion);
    }
    return [...counts];
  };
}

const chance = (next: () => number): number => (next() + 0.5) / 2 ** 32;

function normal(next: () => number): number {
  return Math.sqrt(-2 * Math.log(chance(next))) * Math.cos(2 * Math.PI * chance(next));
}

/** Largest mean whose e^-mean is far from the end of plain numbers. */
const PIECE = 100;

/** Counts arrivals (Knuth); large means by their normal limit. */
function poisson(next: () => number, mean: number): number {
  if (mean > PIECE) return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal(next)));
  const least = Math.exp(-mean);
  let [count, product] = [0, chance(next)];
  while (product > least) {
    count += 1;
    product *= chance(next);
  }
  return count;
}
