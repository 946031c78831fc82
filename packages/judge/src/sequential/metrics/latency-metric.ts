import { Carried } from '../kernel/carried.ts';
import type { Design } from '../kernel/design.ts';
import { EProcess } from '../kernel/e-process.ts';
import { comparisonGrowth, type Counts } from '../kernel/growth.ts';
import { logSum } from '../kernel/log-sum.ts';
import { bucketOf, upperEdge } from './buckets.ts';
import { DecayedHistogram } from './decayed-histogram.ts';
import type { Look, SequentialMetric } from './metric.ts';

/** What both arms answered in one second: buckets (see upperEdge) with their counts, in any order, each at most once. */
export interface LatencyReading {
  readonly new: readonly BucketCount[];
  readonly old: readonly BucketCount[];
}

export type BucketCount = readonly [bucket: number, count: number];

export interface LatencyRules {
  /** The new version may be so many times slower, and so many milliseconds more. */
  readonly ratio: number;
  readonly addMs: number;
  /** Quantiles at which both arms are compared, with their share of the evidence; the shares add up to 1. */
  readonly levels: readonly Level[];
  /** The quantile at which it must be shown to be no slower before it may go on early. */
  readonly promotionLevel: number;
  /** Seconds in which what the old version did loses half of its weight in saying where its quantiles are. */
  readonly halfLife: number;
}

export interface Level {
  readonly quantile: number;
  readonly share: number;
}

/** Of the old version's past so many answers must lie above a quantile before anything is compared there. */
const LEAST_ABOVE = 5;
/** Exceeding a threshold is a matter of counts: no margin on top of the threshold's own, and no clusters. */
const PLAIN = { ratio: 1, points: 0, dispersion: 1 };

/**
 * Whether the new version, its margin taken off, answers no slower than the old one: at several quantiles of the old version's past the
 * shares of slower answers of the same second are compared (the hypothesis of Lindon, Sanden, Shirikian, KDD 2022). A threshold that is
 * fixed before the second begins is valid, whatever the traffic does.
 */
export class LatencyMetric implements SequentialMetric<LatencyReading> {
  units = 0;
  bad = 0;
  readonly #rules: LatencyRules;
  readonly #design: Design;
  readonly #past: DecayedHistogram;
  readonly #levels: readonly (Level & { readonly harm: EProcess; readonly carried: Carried })[];
  readonly #lowest: number;
  readonly #harmless: EProcess;
  readonly #carried = new Carried();

  constructor(rules: LatencyRules, design: Design) {
    this.#rules = rules;
    this.#design = design;
    this.#past = new DecayedHistogram(rules.halfLife);
    this.#levels = rules.levels.map((level) => ({
      ...level,
      harm: new EProcess(design.up, design),
      carried: new Carried(),
    }));
    this.#lowest = Math.min(...rules.levels.map(({ quantile }) => quantile));
    this.#harmless = new EProcess(design.down, { ...design, early: 1 });
  }

  look(reading: LatencyReading): Look {
    const { up, down } = this.#design;
    this.units += totalOf(reading.new);
    this.bad += this.#countsAt(this.#lowest, reading)?.newBad ?? 0;
    const levels = this.#levels.map(({ quantile, share, harm, carried }) => {
      const counts = this.#countsAt(quantile, reading);
      const whole = counts && carried.with(counts);
      return Math.log(share) + harm.look(whole && comparisonGrowth(up, whole, PLAIN));
    });
    const counts = this.#countsAt(this.#rules.promotionLevel, reading);
    const whole = counts && this.#carried.with(counts);
    const harmless = this.#harmless.look(whole && comparisonGrowth(down, whole, PLAIN));
    this.#past.add(reading.old);
    return { harm: logSum(levels), harmless };
  }

  /** Answers above the threshold; null: too little is known of the old version's past to say where it is. */
  #countsAt(quantile: number, reading: LatencyReading): Counts | null {
    const bucket = this.#past.quantileBucket(quantile, LEAST_ABOVE);
    if (bucket === null) return null;
    const { ratio, addMs } = this.#rules;
    const allowed = bucketOf(ratio * upperEdge(bucket) + addMs);
    return {
      newUnits: totalOf(reading.new),
      newBad: above(reading.new, allowed),
      oldUnits: totalOf(reading.old),
      oldBad: above(reading.old, bucket),
    };
  }
}

function totalOf(counts: readonly BucketCount[]): number {
  let total = 0;
  for (const [, count] of counts) total += count;
  return total;
}

function above(counts: readonly BucketCount[], edge: number): number {
  let total = 0;
  for (const [bucket, count] of counts) if (bucket > edge) total += count;
  return total;
}
