import { Comparison, type ComparisonState } from '../kernel/comparison.ts';
import type { Design } from '../kernel/design.ts';
import { assertSameRules, fingerprintOf } from '../kernel/fingerprint.ts';
import { ComparisonBets, type Counts, type Margin } from '../kernel/growth.ts';
import { ClockShifts } from './clock-shifts.ts';
import { type Look, type MetricState, NO_EVIDENCE, type SequentialMetric } from './metric.ts';

export interface RateRules {
  /** What the new version may be worse by before it fails. */
  readonly margin: Margin;
  /** What it must be shown to be better than before it may go on early. */
  readonly promotion: Margin;
  /** By how much bad units come in clusters, 1 or more. */
  readonly dispersion: number;
  /** Seconds by which the arms' clocks may differ; 0 where one clock counts both. Every look comes so much later. */
  readonly skew: number;
}

export interface RateState extends MetricState {
  readonly bad: number;
  /** The newest seconds, the oldest first. */
  readonly recent: readonly Counts[];
  readonly lags: readonly { readonly harm: ComparisonState; readonly harmless: ComparisonState }[];
}

/** The share of bad units on the new version against the old one's in the same second: its traffic and its share may change as they like. */
export class RateMetric implements SequentialMetric<Counts, RateState> {
  units = 0;
  bad = 0;
  readonly #rules: string;
  /** One for each shift of the clocks that is possible: the weakest evidence counts. */
  readonly #lags: readonly Lag[];
  readonly #shifts: ClockShifts;

  constructor(rules: RateRules, design: Design) {
    const { margin, promotion, dispersion, skew } = rules;
    this.#rules = fingerprintOf('rate', rules, design);
    this.#shifts = new ClockShifts(skew);
    const up = new ComparisonBets(design.up, { ...margin, dispersion });
    const down = new ComparisonBets(design.down, { ...promotion, dispersion });
    this.#lags = Array.from({ length: this.#shifts.shifts }, () => ({
      harm: new Comparison(up, design),
      harmless: new Comparison(down, { ...design, early: 1 }),
    }));
  }

  look(counts: Counts): Look {
    this.units += counts.newUnits;
    this.bad += counts.newBad;
    const shifted = this.#shifts.with(counts);
    if (shifted === null) return NO_EVIDENCE;
    let [harm, harmless] = [Infinity, Infinity];
    for (const [index, lag] of this.#lags.entries()) {
      const each = shifted[index] ?? counts;
      harm = Math.min(harm, lag.harm.look(each));
      harmless = Math.min(harmless, lag.harmless.look(each));
    }
    return { harm, harmless };
  }

  state(): RateState {
    const lags = this.#lags.map(({ harm, harmless }) => ({ harm: harm.state(), harmless: harmless.state() }));
    return { rules: this.#rules, units: this.units, bad: this.bad, recent: this.#shifts.state(), lags };
  }

  restore(state: RateState): void {
    assertSameRules(this.#rules, state);
    for (const [index, { harm, harmless }] of state.lags.entries()) {
      this.#lags[index]?.harm.restore(harm);
      this.#lags[index]?.harmless.restore(harmless);
    }
    this.#shifts.restore(state.recent);
    this.units = state.units;
    this.bad = state.bad;
  }
}

interface Lag {
  readonly harm: Comparison;
  readonly harmless: Comparison;
}
