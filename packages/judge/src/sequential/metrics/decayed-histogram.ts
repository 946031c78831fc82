import { BUCKETS } from './buckets.ts';

/** A histogram of the past in which every second weighs less than the next one. */
export class DecayedHistogram {
  readonly #counts = new Float64Array(BUCKETS);
  readonly #decay: number;
  #total = 0;

  /** `halfLife`: seconds. */
  constructor(halfLife: number) {
    this.#decay = 2 ** (-1 / halfLife);
  }

  /** A second has passed, with these counts. */
  add(counts: readonly (readonly [bucket: number, count: number])[]): void {
    for (let bucket = 0; bucket < BUCKETS; bucket += 1) this.#counts[bucket] = this.#at(bucket) * this.#decay;
    this.#total *= this.#decay;
    for (const [bucket, count] of counts) {
      this.#counts[bucket] = this.#at(bucket) + count;
      this.#total += count;
    }
  }

  /** The first bucket that leaves at most (1 - quantile) of the past above it; null where that share is less than `least` counts. */
  quantileBucket(quantile: number, least: number): number | null {
    const most = (1 - quantile) * this.#total;
    if (most < least) return null;
    let bucket = BUCKETS - 1;
    let above = 0;
    for (; bucket >= 0; bucket -= 1) {
      above += this.#at(bucket);
      if (above > most) break;
    }
    return bucket;
  }

  #at(bucket: number): number {
    return this.#counts[bucket] ?? 0;
  }
}
