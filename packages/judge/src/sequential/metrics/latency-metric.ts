import { Comparison, type ComparisonState } from '../kernel/comparison.ts';
import type { Design } from '../kernel/design.ts';
import { ComparisonBets, type Counts } from '../kernel/growth.ts';
import { assertSameRules, fingerprintOf } from '../kernel/fingerprint.ts';
import { logSum } from '../kernel/log-sum.ts';
import type { HistogramState } from './decayed-histogram.ts';
import { LatencyThresholds } from './latency-thresholds.ts';
import type { Look, MetricState, SequentialMetric } from './metric.ts';

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
  /** By how much slow answers come in clusters, 1 or more. */
  readonly dispersion: number;
}

/** By threshold, the highest first, the answers of a second above it; null: too little is known to say where it is. */
export type LevelCounts = readonly (Counts | null)[];

export interface Level {
  readonly quantile: number;
  readonly share: number;
}

export interface LatencyState extends MetricState {
  readonly bad: number;
  readonly past: HistogramState;
  readonly levels: readonly ComparisonState[];
  readonly harmless: ComparisonState;
}

/**
 * Whether the new version, its margin taken off, answers no slower than the old one: at several quantiles of the old version's past the
 * shares of slower answers of the same second are compared (the hypothesis of Lindon, Sanden, Shirikian, KDD 2022). A threshold that is
 * fixed before the second begins is valid, whatever the traffic does.
 */
export class LatencyMetric implements SequentialMetric<LatencyReading, LatencyState> {
  units = 0;
  bad = 0;
  readonly #rules: string;
  readonly #thresholds: LatencyThresholds;
  readonly #levels: readonly { readonly at: number; readonly logShare: number; readonly harm: Comparison }[];
  readonly #lowest: number;
  readonly #promotion: number;
  readonly #harmless: Comparison;

  constructor(rules: LatencyRules, design: Design) {
    const thresholds = new LatencyThresholds(rules);
    // Exceeding a threshold is a matter of counts: no margin on top of the threshold's own.
    const margin = { ratio: 1, points: 0, dispersion: rules.dispersion };
    this.#rules = fingerprintOf('latency', rules, design);
    this.#thresholds = thresholds;
    const up = new ComparisonBets(design.up, margin);
    this.#levels = rules.levels.map(({ quantile, share }) => {
      const harm = new Comparison(up, design);
      return { at: thresholds.indexOf(quantile), logShare: Math.log(share), harm };
    });
    this.#lowest = thresholds.indexOf(Math.min(...rules.levels.map(({ quantile }) => quantile)));
    this.#promotion = thresholds.indexOf(rules.promotionLevel);
    this.#harmless = new Comparison(new ComparisonBets(design.down, margin), { ...design, early: 1 });
  }

  look(reading: LatencyReading): Look {
    return this.lookAt(this.countsOf(reading), unitsOf(reading.new));
  }

  /** What a look rests on; the second belongs to the past from then on. */
  countsOf(reading: LatencyReading): LevelCounts {
    const counts = this.#thresholds.countsOf(reading);
    this.#thresholds.add(reading);
    return counts;
  }

  /** `units`: what the new version answered in all. */
  lookAt(counts: LevelCounts, units: number): Look {
    this.units += units;
    this.bad += counts[this.#lowest]?.newBad ?? 0;
    const harms = this.#levels.map(({ at, logShare, harm }) => logShare + harm.look(counts[at] ?? null));
    const harmless = this.#harmless.look(counts[this.#promotion] ?? null);
    return { harm: logSum(harms), harmless };
  }

  state(): LatencyState {
    const levels = this.#levels.map(({ harm }) => harm.state());
    const [past, harmless] = [this.#thresholds.state(), this.#harmless.state()];
    return { rules: this.#rules, units: this.units, bad: this.bad, past, levels, harmless };
  }

  restore(state: LatencyState): void {
    assertSameRules(this.#rules, state);
    for (const [index, level] of state.levels.entries()) this.#levels[index]?.harm.restore(level);
    this.#harmless.restore(state.harmless);
    this.#thresholds.restore(state.past);
    this.units = state.units;
    this.bad = state.bad;
  }
}

function unitsOf(counts: readonly BucketCount[]): number {
  let units = 0;
  for (const pair of counts) units += pair[1];
  return units;
}
