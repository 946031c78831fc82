import { BUCKETS, bucketOf, upperEdge } from '../sequential/metrics/buckets.ts';
import { normalBelow } from './normal.ts';
import type { LatencyShape } from './question.ts';

/** Share of answers, 0..1, that take longer than so many milliseconds. */
export function slowerThan({ median, spread }: LatencyShape, milliseconds: number): number {
  return normalBelow(-Math.log(milliseconds / median) / spread);
}

/** Milliseconds that so large a part of the answers stays within. */
export function quantileOf({ median, spread }: LatencyShape, quantile: number): number {
  return median * Math.exp(spread * normalQuantile(quantile));
}

/** The shape that has this median and this value at a quantile above a half; both in milliseconds. */
export function shapeThrough(median: number, value: number, quantile: number): LatencyShape {
  return { median, spread: Math.log(value / median) / normalQuantile(quantile) };
}

/** The shape of this spread that has this value at a quantile. */
export function shapeAt(value: number, quantile: number, spread: number): LatencyShape {
  return { median: value / Math.exp(spread * normalQuantile(quantile)), spread };
}

/** Half the width of a bucket: what an edge lies above what is in its bucket on average. */
const HALF_BUCKET = Math.sqrt(upperEdge(0) / upperEdge(-1));

/**
 * Where a quantile lies as the judge has it, and the last that a margin allows: upper edges of its buckets, in milliseconds. It knows the
 * quantile about as well as a bucket is wide, so that the edge is one or the other: this is the one on average.
 */
export function thresholdOf(
  shape: LatencyShape,
  quantile: number,
  { times, plus }: { readonly times: number; readonly plus: number },
): { readonly old: number; readonly allowed: number } {
  const old = quantileOf(shape, quantile) * HALF_BUCKET;
  // From edge to edge a factor is rounded up, always alike.
  const allowed = plus === 0 ? old * upperEdge(bucketOf(times)) : (times * old + plus) * HALF_BUCKET;
  return { old: seen(old), allowed: seen(allowed) };
}

/** The edge at or above so many milliseconds. */
export function edgeFor(milliseconds: number): number {
  return seen(upperEdge(bucketOf(milliseconds)));
}

/** The first bucket holds all that is faster, and above the edge of the last one nothing is seen. */
function seen(edge: number): number {
  return edge >= upperEdge(BUCKETS - 1) ? Infinity : Math.max(upperEdge(0), edge);
}

const DEEPEST = 60;

function normalQuantile(part: number): number {
  let [low, high] = [-9, 9];
  for (let round = 0; round < DEEPEST; round += 1) {
    const middle = (low + high) / 2;
    if (normalBelow(middle) < part) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
