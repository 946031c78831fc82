import { BUCKETS } from './buckets.ts';

/** Counts that have decayed to less are none: state stays bounded, and arithmetic out of the slow range next to zero. */
const LEAST = 1e-9;

/** `runs`: of buckets side by side that are not empty, each the first bucket and then the counts from it on. */
export interface HistogramState {
  readonly total: number;
  readonly runs: readonly (readonly number[])[];
}

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
    const held = this.#counts;
    const decay = this.#decay;
    for (let bucket = 0; bucket < BUCKETS; bucket += 1) {
      const left = (held[bucket] ?? 0) * decay;
      held[bucket] = left < LEAST ? 0 : left;
    }
    this.#total *= decay;
    for (const pair of counts) {
      held[pair[0]] = (held[pair[0]] ?? 0) + pair[1];
      this.#total += pair[1];
    }
  }

  /**
   * For each quantile the first bucket that leaves at most (1 - quantile) of the past above it; -1 where that share is less than `least`
   * counts. `quantiles`: the highest first.
   */
  quantileBuckets(quantiles: Float64Array, least: number, into: Int16Array): void {
    let bucket = BUCKETS;
    let above = 0;
    for (let index = 0; index < quantiles.length; index += 1) {
      const most = (1 - (quantiles[index] ?? 1)) * this.#total;
      const isKnown = most >= least;
      while (isKnown && above <= most && bucket > 0) {
        bucket -= 1;
        above += this.#counts[bucket] ?? 0;
      }
      into[index] = isKnown ? bucket : -1;
    }
  }

  state(): HistogramState {
    const runs: number[][] = [];
    let isOpen = false;
    for (const [bucket, count] of this.#counts.entries()) {
      if (count > 0 && isOpen) runs.at(-1)?.push(count);
      if (count > 0 && !isOpen) runs.push([bucket, count]);
      isOpen = count > 0;
    }
    return { total: this.#total, runs };
  }

  restore({ total, runs }: HistogramState): void {
    this.#counts.fill(0);
    for (const [first = 0, ...counts] of runs) this.#counts.set(counts, first);
    this.#total = total;
  }
}
