/** Buckets of an exponential histogram, OpenTelemetry scale 5: bucket i holds (2^(i/32), 2^((i+1)/32)] ms. */
export const BUCKETS = 544;
const PER_DOUBLING = 32;
/** What floating point adds to an edge must not push it into the next bucket. */
const SLACK = 1e-9;

/** Upper edge of a bucket in milliseconds: the next one is 2.2 % above it. */
export function upperEdge(bucket: number): number {
  return 2 ** ((bucket + 1) / PER_DOUBLING);
}

/** The bucket whose upper edge is the first at or above so many milliseconds. */
export function bucketOf(ms: number): number {
  return Math.ceil(PER_DOUBLING * Math.log2(ms) - SLACK) - 1;
}
