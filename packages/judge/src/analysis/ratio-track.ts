import type { Design } from '../sequential/kernel/design.ts';
import type { Counts, Margin } from '../sequential/kernel/growth.ts';
import { logAdd } from '../sequential/kernel/log-sum.ts';
import { RateMetric, type RateState } from '../sequential/metrics/rate-metric.ts';
import type { Look } from '../sequential/metrics/metric.ts';
import { type ComparedShards, PlaceboMetric, type PlaceboState } from '../sequential/placebo/placebo-metric.ts';
import type { Basis, MetricCounts } from './counts.ts';
import { hasInstances, instanceBasis, readingOf } from './instance-basis.ts';
import { LimitTrack, type LimitTrackState } from './limit-track.ts';
import type { JudgedMetric } from './rules.ts';
import { type TimesOld, type TimesOldState, TimesOldTrack } from './times-old.ts';
import type { Track, TrackLook } from './track.ts';

export interface RatioTrackState {
  readonly units: number;
  readonly bad: number;
  readonly rate: RateState | PlaceboState | null;
  readonly limit: LimitTrackState | null;
  readonly times: TimesOldState | null;
}

/** Bad units without which nobody is sure of a harm. */
export const LEAST_BAD = 3;

/** The share of bad units, the new version's against the old one's and against a limit, each with half of the metric's evidence. */
export class RatioTrack implements Track<RatioTrackState> {
  units = 0;
  bad = 0;
  readonly leastBad: number;
  readonly #rules: JudgedMetric;
  readonly #rate: Compared | null;
  readonly #limit: LimitTrack | null;
  readonly #times: TimesOldTrack | null;

  constructor(rules: JudgedMetric, isCompared: boolean, design: Design) {
    const { dispersion, skew, limit, better } = rules;
    this.#rules = rules;
    this.leastBad = better === 'lower' ? LEAST_BAD : 0;
    this.#rate = isCompared ? comparedBy(rules, design) : null;
    this.#limit = limit === null ? null : new LimitTrack(limit, { isCompared, dispersion, skew }, design);
    // Its confidence is of requests, and instances are compared because these are no measure.
    this.#times = isCompared && rules.compare === undefined ? new TimesOldTrack({ dispersion, skew }) : null;
  }

  get instances(): ComparedShards | null {
    return this.#rate?.instances ?? null;
  }

  get times(): TimesOld | null {
    return this.#times?.times ?? null;
  }

  basisOf(counts: MetricCounts): Basis | null {
    const { compare } = this.#rules;
    if (counts.kind === 'instances') return compare === 'instances' ? instanceBasis(counts) : null;
    // At 100 % there is nothing to compare, and what a limit takes is the same.
    if (counts.kind !== 'ratio') return null;
    const { newUnits, newBad, oldUnits, oldBad } = counts;
    // Counts that contradict themselves are no counts: neither zero nor all.
    const isSane = newBad >= 0 && newBad <= newUnits && oldBad >= 0 && oldBad <= oldUnits;
    return isSane ? [newUnits, newBad, oldUnits, oldBad] : null;
  }

  look(basis: Basis, share: number | null): TrackLook {
    const [newUnits = 0, newBad = 0, oldUnits = 0, oldBad = 0] = basis;
    this.units += newUnits;
    this.bad += newBad;
    const counts: Counts = { newUnits, newBad, oldUnits, oldBad };
    this.#times?.look(counts);
    const rate = this.#rate?.look(counts, { basis, share }) ?? null;
    const limit = this.#limit?.look(counts) ?? null;
    if (rate !== null && limit !== null) {
      const harm = logAdd(rate.harm, limit.harm) - Math.LN2;
      return { harm, harmless: Math.min(rate.harmless ?? 0, limit.harmless), shared: limit.shared };
    }
    if (limit !== null) return limit;
    return { harm: rate?.harm ?? 0, harmless: rate?.harmless ?? 0, shared: 0 };
  }

  state(): RatioTrackState {
    const { units, bad } = this;
    const [rate, limit] = [this.#rate?.state() ?? null, this.#limit?.state() ?? null];
    return { units, bad, rate, limit, times: this.#times?.state() ?? null };
  }

  restore({ units, bad, rate, limit, times }: RatioTrackState): void {
    if ((rate === null) !== (this.#rate === null) || (limit === null) !== (this.#limit === null))
      throw new RangeError('this state is of other rules');
    if (rate !== null) this.#rate?.restore(rate);
    if (limit !== null) this.#limit?.restore(limit);
    if (times !== null) this.#times?.restore(times);
    this.units = units;
    this.bad = bad;
  }
}

/** The comparison of a metric: of all units, or instance with instance. */
interface Compared {
  readonly instances: ComparedShards | null;
  look(counts: Counts, of: { readonly basis: Basis; readonly share: number | null }): Look;
  state(): RateState | PlaceboState;
  restore(state: RateState | PlaceboState): void;
}

function comparedBy(rules: JudgedMetric, design: Design): Compared {
  const { dispersion, skew, better } = rules;
  if (rules.compare === 'instances') return instances(new PlaceboMetric({ ...marginsOf(rules), pace: 1 }));
  const metric = new RateMetric(
    { ...marginsOf(rules), dispersion, skew },
    better === 'lower' ? design : turned(design),
  );
  return {
    instances: null,
    look: (counts) => metric.look(counts),
    state: () => metric.state(),
    restore: (state) => {
      if ('lags' in state) metric.restore(state);
      else throw new RangeError('this state is of other rules');
    },
  };
}

function instances(metric: PlaceboMetric): Compared {
  return {
    get instances() {
      return metric.compared;
    },
    look: (_, { basis, share }) => (hasInstances(basis) ? metric.look(readingOf(basis), share) : metric.last),
    state: () => metric.state(),
    restore: (state) => {
      if ('thinning' in state) metric.restore(state);
      else throw new RangeError('this state is of other rules');
    },
  };
}

function marginsOf({ better, times, plus }: JudgedMetric): { readonly margin: Margin; readonly promotion: Margin } {
  const margin = better === 'lower' ? { ratio: times, points: plus } : { ratio: 1 / times, points: 0 };
  return { margin, promotion: margin };
}

/** Where higher is better, harm is what is found below the margin, and the other way round. */
function turned({ up, down, ...rest }: Design): Design {
  return { up: down, down: up, ...rest };
}
