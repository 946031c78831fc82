import type { LatencyHistogram } from '@slipway/provider-kit';
import { bucketOf } from '../../routers/builtin/histogram.ts';

/** Cumulative counts by upper bound in milliseconds; the last bound is Infinity. */
export type Buckets = ReadonlyMap<number, number>;

/**
 * A classic histogram as an exponential one. Everything in a bucket counts at its upper bound, and what is above the last bound
 * at the highest bucket there is (2 minutes): a quantile is never read too low. A text says why it cannot be read.
 */
export function latencyOf(buckets: Buckets): LatencyHistogram | string {
  const bounds = [...buckets.keys()].toSorted((a, b) => a - b);
  if (bounds.at(-1) !== Number.POSITIVE_INFINITY) return 'it has no bucket le="+Inf": give all _bucket series';
  if (bounds.length < 2) return 'it has only the bucket le="+Inf": give all _bucket series';
  const histogram: Record<number, number> = {};
  let below = 0;
  for (const bound of bounds) {
    const count = buckets.get(bound) ?? 0;
    if (count < below) return 'its buckets contradict each other: do all instances of a version have the same bounds?';
    const bucket = bucketOf(bound);
    if (count > below) histogram[bucket] = (histogram[bucket] ?? 0) + count - below;
    below = count;
  }
  return histogram;
}

/** A bound `le` in milliseconds; null where it is no number. */
export function boundOf(le: string, unit: 's' | 'ms'): number | null {
  const bound = le === '+Inf' ? Number.POSITIVE_INFINITY : le.trim() === '' ? Number.NaN : Number(le);
  // Rounded, for 0.07 s are 70.00000000000001 ms in binary and would fall into the next bucket.
  return Number.isNaN(bound) ? null : unit === 's' ? roundedMs(bound * 1000) : bound;
}

const roundedMs = (milliseconds: number): number =>
  Number.isFinite(milliseconds) ? Number(milliseconds.toPrecision(12)) : milliseconds;
