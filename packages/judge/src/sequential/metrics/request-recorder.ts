import { BUCKETS, bucketOf } from './buckets.ts';
import type { BucketCount } from './latency-metric.ts';

/** What one version answered since the last drain. */
export interface Recorded {
  readonly units: number;
  readonly bad: number;
  /** Answers by bucket (see upperEdge), the fastest first. Fewer than `units` where some took nobody knows how long. */
  readonly latencies: readonly BucketCount[];
}

/**
 * Counts a version's requests inside the service that answers them: one for each version, drained every second. Its memory does not grow,
 * and a request costs two counters and a bucket.
 */
export class RequestRecorder {
  #units = 0;
  #bad = 0;
  readonly #counts = new Float64Array(BUCKETS);

  /** `ms`: how long the answer took; a time that is none (NaN, negative) counts as a request whose latency is not known. */
  record(ms: number, isBad: boolean): void {
    this.#units += 1;
    if (isBad) this.#bad += 1;
    if (ms >= 0) this.#add(Math.min(BUCKETS - 1, Math.max(0, bucketOf(ms))), 1);
  }

  /** Adds what another one drained: the sum is as if this one had seen it all. Throws a RangeError where a bucket or a count is none. */
  merge({ units, bad, latencies }: Recorded): void {
    const counts = [units, bad, ...latencies.map(([, count]) => count)];
    const areBuckets = latencies.every(([bucket]) => Number.isInteger(bucket) && bucket >= 0 && bucket < BUCKETS);
    if (!areBuckets || !counts.every((count) => Number.isSafeInteger(count) && count >= 0))
      throw new RangeError('this is no record of requests');
    this.#units += units;
    this.#bad += bad;
    for (const [bucket, count] of latencies) this.#add(bucket, count);
  }

  /** What came since the last drain; begins anew. */
  drain(): Recorded {
    const latencies: BucketCount[] = [];
    for (let bucket = 0; bucket < BUCKETS; bucket += 1) {
      const count = this.#counts[bucket] ?? 0;
      if (count > 0) latencies.push([bucket, count]);
    }
    const recorded = { units: this.#units, bad: this.#bad, latencies };
    this.#counts.fill(0);
    this.#units = 0;
    this.#bad = 0;
    return recorded;
  }

  #add(bucket: number, count: number): void {
    this.#counts[bucket] = (this.#counts[bucket] ?? 0) + count;
  }
}
