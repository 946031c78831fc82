import { BUCKETS, bucketOf } from '@slipway/judge';

/** What a program that answers requests keeps of a second: two counters and a histogram. */
export class Recorder {
  units = 0;
  bad = 0;
  readonly buckets = new Uint32Array(BUCKETS);

  /** One answer, after so many milliseconds. */
  record(ms: number, isBad: boolean): void {
    this.units += 1;
    if (isBad) this.bad += 1;
    const bucket = Math.min(Math.max(bucketOf(ms), 0), BUCKETS - 1);
    this.buckets[bucket] = (this.buckets[bucket] ?? 0) + 1;
  }
}
