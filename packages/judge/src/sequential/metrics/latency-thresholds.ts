import type { Counts } from '../kernel/growth.ts';
import { BUCKETS, bucketOf, upperEdge } from './buckets.ts';
import { DecayedHistogram, type HistogramState } from './decayed-histogram.ts';
import type { BucketCount, LatencyReading, LatencyRules, LevelCounts } from './latency-metric.ts';

/** Of the old version's past so many answers must lie above a quantile before anything is compared there. */
const LEAST_ABOVE = 5;

/** Where the old version's quantiles lie, from its past alone, and how many answers of a second lie above them. */
export class LatencyThresholds {
  readonly #past: DecayedHistogram;
  /** The highest first. */
  readonly #quantiles: Float64Array;
  readonly #buckets: Int16Array;
  /** By the old version's bucket: the last one that the new version's margin allows. */
  readonly #allowed: Int16Array;
  /** The second's, by threshold; their memory is used again. */
  readonly #edges: Int16Array;
  readonly #newBad: Float64Array;
  readonly #oldBad: Float64Array;

  constructor({ levels, promotionLevel, ratio, addMs, halfLife }: LatencyRules) {
    const quantiles = new Set([...levels.map(({ quantile }) => quantile), promotionLevel]);
    this.#past = new DecayedHistogram(halfLife);
    this.#quantiles = Float64Array.from(quantiles).sort().reverse();
    this.#buckets = new Int16Array(quantiles.size).fill(-1);
    this.#edges = new Int16Array(quantiles.size);
    this.#newBad = new Float64Array(quantiles.size);
    this.#oldBad = new Float64Array(quantiles.size);
    this.#allowed = Int16Array.from({ length: BUCKETS }, (_, bucket) =>
      Math.min(BUCKETS, bucketOf(ratio * upperEdge(bucket) + addMs)),
    );
  }

  /** Which of the thresholds is this quantile's. */
  indexOf(quantile: number): number {
    return this.#quantiles.indexOf(quantile);
  }

  /** By threshold, the answers of a second above it; null: too little is known of the old version's past to say where it is. */
  countsOf(reading: LatencyReading): LevelCounts {
    const [newUnits, oldUnits] = [totalOf(reading.new), totalOf(reading.old)];
    this.#past.quantileBuckets(this.#quantiles, LEAST_ABOVE, this.#buckets);
    for (let index = 0; index < this.#buckets.length; index += 1) {
      const bucket = this.#buckets[index] ?? -1;
      this.#edges[index] = bucket < 0 ? BUCKETS : (this.#allowed[bucket] ?? BUCKETS);
    }
    const newBad = above(reading.new, this.#edges, this.#newBad);
    const oldBad = above(reading.old, this.#buckets, this.#oldBad);
    const all: (Counts | null)[] = [];
    for (let index = 0; index < this.#buckets.length; index += 1) {
      const isKnown = (this.#buckets[index] ?? -1) >= 0;
      all.push(isKnown ? { newUnits, newBad: newBad[index] ?? 0, oldUnits, oldBad: oldBad[index] ?? 0 } : null);
    }
    return all;
  }

  /** The second is over: it belongs to the past. */
  add(reading: LatencyReading): void {
    this.#past.add(reading.old);
  }

  state(): HistogramState {
    return this.#past.state();
  }

  restore(state: HistogramState): void {
    this.#past.restore(state);
  }
}

function totalOf(counts: readonly BucketCount[]): number {
  let total = 0;
  for (const pair of counts) total += pair[1];
  return total;
}

/** By edge, the answers above it. */
function above(counts: readonly BucketCount[], edges: Int16Array, into: Float64Array): Float64Array {
  into.fill(0);
  for (const pair of counts)
    for (let index = 0; index < edges.length; index += 1)
      if (pair[0] > (edges[index] ?? BUCKETS)) into[index] = (into[index] ?? 0) + pair[1];
  return into;
}
