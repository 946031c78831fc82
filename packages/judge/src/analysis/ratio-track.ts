import type { Design } from '../sequential/kernel/design.ts';
import type { Counts, Margin } from '../sequential/kernel/growth.ts';
import { logAdd } from '../sequential/kernel/log-sum.ts';
import { RateMetric, type RateState } from '../sequential/metrics/rate-metric.ts';
import type { Basis, MetricCounts } from './counts.ts';
import { LimitTrack, type LimitTrackState } from './limit-track.ts';
import type { JudgedMetric } from './rules.ts';
import type { Track, TrackLook } from './track.ts';

export interface RatioTrackState {
  readonly units: number;
  readonly bad: number;
  readonly rate: RateState | null;
  readonly limit: LimitTrackState | null;
}

/** Bad units without which nobody is sure of a harm. */
const LEAST_BAD = 3;

/** The share of bad units, the new version's against the old one's and against a limit, each with half of the metric's evidence. */
export class RatioTrack implements Track<RatioTrackState> {
  units = 0;
  bad = 0;
  readonly leastBad: number;
  readonly #rate: RateMetric | null;
  readonly #limit: LimitTrack | null;

  constructor(rules: JudgedMetric, isCompared: boolean, design: Design) {
    const { dispersion, skew, limit, better } = rules;
    this.leastBad = better === 'lower' ? LEAST_BAD : 0;
    this.#rate = isCompared
      ? new RateMetric({ ...marginsOf(rules), dispersion, skew }, better === 'lower' ? design : turned(design))
      : null;
    this.#limit = limit === null ? null : new LimitTrack(limit, { isCompared, dispersion, skew }, design);
  }

  basisOf(counts: MetricCounts): Basis | null {
    if (counts.kind !== 'ratio') return null;
    const { newUnits, newBad, oldUnits, oldBad } = counts;
    // Counts that contradict themselves are no counts: neither zero nor all.
    const isSane = newBad >= 0 && newBad <= newUnits && oldBad >= 0 && oldBad <= oldUnits;
    return isSane ? [newUnits, newBad, oldUnits, oldBad] : null;
  }

  look([newUnits = 0, newBad = 0, oldUnits = 0, oldBad = 0]: Basis): TrackLook {
    this.units += newUnits;
    this.bad += newBad;
    const counts: Counts = { newUnits, newBad, oldUnits, oldBad };
    const rate = this.#rate?.look(counts) ?? null;
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
    return { units, bad, rate: this.#rate?.state() ?? null, limit: this.#limit?.state() ?? null };
  }

  restore({ units, bad, rate, limit }: RatioTrackState): void {
    if ((rate === null) !== (this.#rate === null) || (limit === null) !== (this.#limit === null))
      throw new RangeError('this state is of other rules');
    if (rate !== null) this.#rate?.restore(rate);
    if (limit !== null) this.#limit?.restore(limit);
    this.units = units;
    this.bad = bad;
  }
}

function marginsOf({ better, times, plus }: JudgedMetric): { readonly margin: Margin; readonly promotion: Margin } {
  const margin = better === 'lower' ? { ratio: times, points: plus } : { ratio: 1 / times, points: 0 };
  return { margin, promotion: margin };
}

/** Where higher is better, harm is what is found below the margin, and the other way round. */
function turned({ up, down, ...rest }: Design): Design {
  return { up: down, down: up, ...rest };
}
