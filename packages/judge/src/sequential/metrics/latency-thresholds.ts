import type { Counts } from '../kernel/growth.ts';
import { BUCKETS, bucketOf, upperEdge } from './buckets.ts';
import { DecayedHistogram, type HistogramState } from './decayed-histogram.ts';
import type { BucketCount, LatencyReading, LatencyRules, LevelCounts } from './latency-metric.ts';

/** Of the old version's past so many answers must lie above a quantile before anything is compared there. */
export const LEAST_ABOVE = 5;

/** Where the old version's quantiles lie, from its past alone, and how many answers of a second lie above them. */
export class LatencyThresholds {
  readonly #past: DecayedHistogram;
  readonly #ratio: number;
  readonly #addMs: number;
  /** The highest first. */
  readonly #quantiles: Float64Array;
  /** By threshold, the old version's bucket. */
  readonly #buckets: Int16Array;
  /** By threshold, the last bucket that the new version's margin allows, and the old version's bucket that this was worked out for. */
  readonly #allowed: Int16Array;
  readonly #allowedFor: Int16Array;
  /** The second's, by threshold; their memory is used again. */
  readonly #newBad: Float64Array;
  readonly #oldBad: Float64Array;

  constructor({ levels, promotionLevel, ratio, addMs, halfLife }: LatencyRules) {
    const quantiles = new Set([...levels.map(({ quantile }) => quantile), promotionLevel]);
    this.#past = new DecayedHistogram(halfLife);
    this.#ratio = ratio;
    this.#addMs = addMs;
    this.#quantiles = Float64Array.from(quantiles).sort().reverse();
    this.#buckets = new Int16Array(quantiles.size);
    this.#allowed = new Int16Array(quantiles.size);
    this.#allowedFor = new Int16Array(quantiles.size).fill(-1);
    this.#newBad = new Float64Array(quantiles.size);
    this.#oldBad = new Float64Array(quantiles.size);
  }

  /** Which of the thresholds is this quantile's. */
  indexOf(quantile: number): number {
    return this.#quantiles.indexOf(quantile);
  }

  /** By threshold, the answers of a second above it; null: too little is known of the old version's past to say where it is. */
  countsOf(reading: LatencyReading): LevelCounts {
    const [newUnits, oldUnits] = [totalOf(reading.new), totalOf(reading.old)];
    this.#past.quantileBuckets(this.#quantiles, LEAST_ABOVE, this.#buckets);
    this.#allow();
    const newBad = above(reading.new, this.#allowed, this.#newBad);
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

  /** What is allowed where a bucket has moved: seldom, so no table of all buckets is held. */
  #allow(): void {
    for (let index = 0; index < this.#buckets.length; index += 1) {
      const bucket = this.#buckets[index] ?? -1;
      if (bucket < 0 || bucket === this.#allowedFor[index]) continue;
      this.#allowed[index] = Math.min(BUCKETS, bucketOf(this.#ratio * upperEdge(bucket) + this.#addMs));
      this.#allowedFor[index] = bucket;
    }
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
