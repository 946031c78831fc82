import type { LatencyHistogram } from '@slipway/provider-kit';

const scale = 5;
const bucketsPerDoubling = 2 ** scale;
/** Reaches 2^17 ms, a little over two minutes. */
const lastBucket = 17 * bucketsPerDoubling - 1;

/**
 * The bucket of a latency in milliseconds: an exponential histogram of OpenTelemetry, scale 5, where bucket i holds
 * (2^(i/32), 2^((i+1)/32)]. What lies outside counts in the first or the last bucket, so there are at most 544.
 */
export function bucketOf(milliseconds: number): number {
  if (!(milliseconds > 1)) return 0;
  return Math.min(Math.ceil(bucketsPerDoubling * Math.log2(milliseconds)) - 1, lastBucket);
}

/** Counts by bucket. */
export class Histogram {
  readonly #counts = new Map<number, number>();

  record(milliseconds: number): void {
    const bucket = bucketOf(milliseconds);
    this.#counts.set(bucket, (this.#counts.get(bucket) ?? 0) + 1);
  }

  read(): LatencyHistogram {
    return Object.fromEntries(this.#counts);
  }
}
