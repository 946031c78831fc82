import type { Design } from '../kernel/design.ts';
import { Comparison, type ComparisonState } from '../kernel/comparison.ts';
import { assertSameRules, fingerprintOf } from '../kernel/fingerprint.ts';
import type { Counts, Margin } from '../kernel/growth.ts';
import { logAdd } from '../kernel/log-sum.ts';
import type { Look, MetricState, SequentialMetric } from '../metrics/metric.ts';
import { RateMetric, type RateState } from '../metrics/rate-metric.ts';
import { alarmCounts } from './alarm-counts.ts';
import { type AlarmRules, assertAlarmRules } from './alarm-rules.ts';
import { type ShardReading, totalOf } from './shard-counts.ts';
import { ShardWindows, type ShardWindowsState } from './shard-windows.ts';

export interface PlaceboRules extends AlarmRules {
  /** What the new version may be worse by before it fails. */
  readonly margin: Margin;
  /** What it must be shown to be better than before it may go on early. */
  readonly promotion: Margin;
  /** By how much alarms still come together, 1 or more: see clusteringOf. */
  readonly clustering: number;
  /** By how much bad units come together, 1 or more: see dispersionOf. */
  readonly dispersion: number;
}

export interface PlaceboState extends MetricState {
  readonly windows: ShardWindowsState;
  readonly harm: ComparisonState;
  readonly harmless: ComparisonState;
  readonly alarms: Look;
  readonly rate: RateState;
}

/** Share of the evidence that rests on bad units: of an outage each second says more than an alarm can. */
const RATE_SHARE = 0.25;
/** That is for outages alone, so it can wait: a dispersion that was measured in minutes says too little of an hour. */
const CAUTION = 3;

/**
 * The share of bad units of the new version against the old one's, where bad ones come together. Shards of the old version, as large as
 * those of the new one, are the placebos: they meet the same storms, and whatever happens to a shard within a window counts once. Given
 * the past, in a sound version each of the shards that are not at rest is as likely as any other to be the next in alarm; drawing without
 * putting back gains no more than drawing independently (Hoeffding 1963, theorem 4), so the bets on units are bets on shards as well.
 * That assumes that a shard's past no longer matters after its rest; `clustering` is for what is left of it.
 */
export class PlaceboMetric implements SequentialMetric<ShardReading, PlaceboState> {
  readonly #fingerprint: string;
  readonly #rules: PlaceboRules;
  readonly #windows: ShardWindows;
  readonly #harm: Comparison;
  readonly #harmless: Comparison;
  readonly #rate: RateMetric;
  #alarms: Look = { harm: 0, harmless: 0 };

  /** Throws a RangeError where the rules of an alarm are none. */
  constructor(rules: PlaceboRules, design: Design) {
    assertAlarmRules(rules);
    const { margin, promotion, dispersion, window } = rules;
    this.#fingerprint = fingerprintOf('placebo', rules, design);
    this.#rules = rules;
    this.#windows = new ShardWindows(rules);
    // Looks come once in a window, so the start of harm is spread over as many fewer of them.
    const start = { early: design.early, startScale: design.startScale / window };
    this.#harm = new Comparison(design.up, start, this.#kernelOf(margin));
    this.#harmless = new Comparison(design.down, { ...start, early: 1 }, this.#kernelOf(promotion));
    this.#rate = new RateMetric({ margin, promotion, dispersion: CAUTION * dispersion, skew: 0 }, design);
  }

  get units(): number {
    return this.#rate.units;
  }

  get bad(): number {
    return this.#rate.bad;
  }

  look(reading: ShardReading): Look {
    const rate = this.#rate.look(countsOf(reading));
    const closed = this.#windows.add(reading);
    if (closed !== null) {
      const { atMost, margin, promotion } = this.#rules;
      this.#alarms = {
        harm: this.#harm.look(alarmCounts(closed, atMost, margin)),
        harmless: this.#harmless.look(alarmCounts(closed, atMost, promotion)),
      };
    }
    return { harm: mixed(this.#alarms.harm, rate.harm), harmless: mixed(this.#alarms.harmless, rate.harmless) };
  }

  state(): PlaceboState {
    return {
      rules: this.#fingerprint,
      units: this.units,
      windows: this.#windows.state(),
      harm: this.#harm.state(),
      harmless: this.#harmless.state(),
      alarms: this.#alarms,
      rate: this.#rate.state(),
    };
  }

  restore(state: PlaceboState): void {
    assertSameRules(this.#fingerprint, state);
    this.#windows.restore(state.windows);
    this.#harm.restore(state.harm);
    this.#harmless.restore(state.harmless);
    this.#rate.restore(state.rate);
    this.#alarms = state.alarms;
  }

  /** The margin's points are in the alarms' chances already. */
  #kernelOf({ ratio }: Margin): Margin & { readonly dispersion: number } {
    return { ratio, points: 0, dispersion: this.#rules.clustering };
  }
}

function countsOf(reading: ShardReading): Counts {
  return {
    newUnits: totalOf(reading.new.units),
    newBad: totalOf(reading.new.bad),
    oldUnits: totalOf(reading.old.units),
    oldBad: totalOf(reading.old.bad),
  };
}

/** A weighted mean of e-values is one. */
function mixed(alarms: number | null, rate: number | null): number {
  return logAdd(Math.log1p(-RATE_SHARE) + (alarms ?? 0), Math.log(RATE_SHARE) + (rate ?? 0));
}
