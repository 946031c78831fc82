/**
 * Counts by bucket of an exponential histogram, OpenTelemetry scale 5: bucket i holds (2^(i/32), 2^((i+1)/32)] ms, i in 0..543.
 * What is faster than 1 ms counts in the first bucket, what is slower than 131 s in the last.
 */
export type LatencyHistogram = Readonly<Record<number, number>>;

const BUCKETS_PER_DOUBLING = 32;
const LAST_BUCKET = 543;
/** Ranks are whole numbers: what floating point adds to q·n must not push one into the next. */
const RANK_SLACK = 1e-9;

/** Upper edge of a bucket in milliseconds. */
export function upperEdge(bucket: number): number {
  return 2 ** ((bucket + 1) / BUCKETS_PER_DOUBLING);
}

/** How many latencies it holds; null where a bucket or a count is none: such a histogram tells nothing. */
export function countOf(histogram: LatencyHistogram): number | null {
  let total = 0;
  for (const [bucket, count] of entriesOf(histogram)) {
    if (!isBucket(bucket) || !(Number.isFinite(count) && count >= 0)) return null;
    total += count;
  }
  return total;
}

/**
 * The quantile (nearest rank) in milliseconds: the upper edge of its bucket, so at most 2.2 % above the true value. `q` in (0, 1].
 * null where the histogram is empty or tells nothing.
 */
export function quantileOf(histogram: LatencyHistogram, q: number): number | null {
  const total = countOf(histogram);
  if (total === null || total === 0 || !(q > 0 && q <= 1)) return null;
  const rank = Math.ceil(q * total - RANK_SLACK);
  let seen = 0;
  for (const [bucket, count] of entriesOf(histogram).toSorted(([one], [other]) => one - other)) {
    seen += count;
    if (count > 0 && seen >= rank) return upperEdge(bucket);
  }
  return null;
}

function entriesOf(histogram: LatencyHistogram): readonly (readonly [number, number])[] {
  return Object.entries(histogram).map(([bucket, count]) => [Number(bucket), count] as const);
}

function isBucket(bucket: number): boolean {
  return Number.isInteger(bucket) && bucket >= 0 && bucket <= LAST_BUCKET;
}
