import { BUCKETS } from './buckets.ts';
import type { BucketCount } from './latency-metric.ts';

/** Counts that have decayed to less are none: state stays bounded, and arithmetic out of the slow range next to zero. */
const LEAST = 1e-9;
/** Room is made for so many buckets at a time: the first seconds bring one new bucket after the other. Divides BUCKETS. */
const STEP = 8;

/** `runs`: of buckets side by side that are not empty, each the first bucket and then the counts from it on. */
export interface HistogramState {
  readonly total: number;
  readonly runs: readonly (readonly number[])[];
}

/**
 * A histogram of the past in which every second weighs less than the next one. It holds the buckets from the fastest that was ever seen
 * to the slowest: latencies of one service lie side by side, and most of the buckets that there are stay empty.
 */
export class DecayedHistogram {
  readonly #decay: number;
  /** The bucket of the first count. */
  #first = 0;
  #counts: Float64Array = new Float64Array(0);
  #total = 0;

  /** `halfLife`: seconds. */
  constructor(halfLife: number) {
    this.#decay = 2 ** (-1 / halfLife);
  }

  /** A second has passed, with these counts. */
  add(counts: readonly BucketCount[]): void {
    this.#forget();
    let held = this.#counts;
    for (const pair of counts) {
      let at = pair[0] - this.#first;
      if (at < 0 || at >= held.length) {
        held = this.#roomFor(pair[0]);
        at = pair[0] - this.#first;
      }
      held[at] = (held[at] ?? 0) + pair[1];
      this.#total += pair[1];
    }
  }

  /**
   * For each quantile the first bucket that leaves at most (1 - quantile) of the past above it; -1 where that share is less than `least`
   * counts. `quantiles`: the highest first.
   */
  quantileBuckets(quantiles: Float64Array, least: number, into: Int16Array): void {
    const [held, first] = [this.#counts, this.#first];
    let bucket = first + held.length;
    let above = 0;
    for (let index = 0; index < quantiles.length; index += 1) {
      const most = (1 - (quantiles[index] ?? 1)) * this.#total;
      const isKnown = most >= least;
      while (isKnown && above <= most && bucket > 0) {
        bucket -= 1;
        above += held[bucket - first] ?? 0;
      }
      into[index] = isKnown ? bucket : -1;
    }
  }

  state(): HistogramState {
    const runs: number[][] = [];
    let isOpen = false;
    for (const [at, count] of this.#counts.entries()) {
      if (count > 0 && isOpen) runs.at(-1)?.push(count);
      if (count > 0 && !isOpen) runs.push([this.#first + at, count]);
      isOpen = count > 0;
    }
    return { total: this.#total, runs };
  }

  /** Throws a RangeError where a run reaches beyond the buckets. */
  restore({ total, runs }: HistogramState): void {
    const all = new Float64Array(BUCKETS);
    for (const [first = 0, ...counts] of runs) all.set(counts, first);
    this.#first = Math.max(0, all.findIndex(isSome));
    this.#counts = all.slice(this.#first, all.findLastIndex(isSome) + 1);
    this.#total = total;
  }

  #forget(): void {
    const held = this.#counts;
    const decay = this.#decay;
    for (let at = 0; at < held.length; at += 1) {
      const left = (held[at] ?? 0) * decay;
      held[at] = left < LEAST ? 0 : left;
    }
    this.#total *= decay;
  }

  /** The counts, with room for this bucket; what is no bucket gets none, whatever its number would ask for. */
  #roomFor(bucket: number): Float64Array {
    const held = this.#counts;
    if (!(Number.isInteger(bucket) && bucket >= 0 && bucket < BUCKETS)) return held;
    const from = bucket - (bucket % STEP);
    const before = held.length === 0 ? from : this.#first;
    this.#first = Math.min(from, before);
    this.#counts = new Float64Array(Math.max(from + STEP, before + held.length) - this.#first);
    this.#counts.set(held, before - this.#first);
    return this.#counts;
  }
}

function isSome(count: number): boolean {
  return count > 0;
}
