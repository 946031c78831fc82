import type { Design } from '../sequential/kernel/design.ts';
import type { Counts } from '../sequential/kernel/growth.ts';
import { logAdd } from '../sequential/kernel/log-sum.ts';
import { BUCKETS, bucketOf } from '../sequential/metrics/buckets.ts';
import { type BucketCount, LatencyMetric, type LatencyState } from '../sequential/metrics/latency-metric.ts';
import type { Basis, MetricCounts } from './counts.ts';
import { LimitTrack, type LimitTrackState } from './limit-track.ts';
import type { JudgedMetric } from './rules.ts';
import { NO_LOOK, type Track, type TrackLook } from './track.ts';

export interface LatencyTrackState {
  readonly latency: LatencyState;
  readonly limit: LimitTrackState | null;
  readonly over: number;
}

/** Quantiles at which the versions are compared, with their share of the evidence: the tail is what people notice. */
export const LEVELS = [
  { quantile: 0.5, share: 0.1 },
  { quantile: 0.75, share: 0.1 },
  { quantile: 0.9, share: 0.2 },
  { quantile: 0.95, share: 0.2 },
  { quantile: 0.99, share: 0.4 },
] as const;
/** Looks in which the old version's past loses half of its weight in saying where its quantiles are. */
export const HALF_LIFE = 300;
export const LEAST_BAD = 5;
/** In a basis: the threshold is not known yet. */
const UNKNOWN = -1;

/**
 * Whether the new version, its margin taken off, answers no slower than the old one, at several quantiles of the old one's past. What a
 * look rests on is the number of answers above each threshold: [new units, old units, above the limit new and old, then new and old
 * above each threshold, the highest first].
 */
export class LatencyTrack implements Track<LatencyTrackState> {
  readonly leastBad = LEAST_BAD;
  /** Each of its quantiles is a share of its own, above a threshold that moves: there is no one ratio. */
  readonly times = null;
  readonly instances = null;
  readonly #latency: LatencyMetric;
  readonly #limit: LimitTrack | null;
  /** The last bucket that the limit allows. */
  readonly #limitBucket: number;
  readonly #isCompared: boolean;
  /** Answers of the new version above the limit. */
  #over = 0;

  constructor(rules: JudgedMetric, isCompared: boolean, design: Design) {
    const { times: ratio, plus: addMs, quantile, limit, dispersion } = rules;
    this.#latency = new LatencyMetric(
      { ratio, addMs, levels: LEVELS, promotionLevel: quantile, halfLife: HALF_LIFE, dispersion },
      design,
    );
    this.#isCompared = isCompared;
    this.#limit = limit === null ? null : new LimitTrack(1 - quantile, { isCompared, dispersion, skew: 0 }, design);
    this.#limitBucket = limit === null ? BUCKETS : Math.min(BUCKETS, Math.max(0, bucketOf(limit)));
  }

  get units(): number {
    return this.#latency.units;
  }

  get bad(): number {
    return this.#isCompared ? this.#latency.bad : this.#over;
  }

  basisOf(counts: MetricCounts): Basis | null {
    if (counts.kind !== 'latency') return null;
    const levels = this.#latency.countsOf(counts);
    const over = [counts.new, counts.old].map((arm) => total(arm, this.#limitBucket));
    const above = levels.flatMap((level) => (level === null ? [UNKNOWN, UNKNOWN] : [level.newBad, level.oldBad]));
    return [total(counts.new), total(counts.old), ...over, ...above];
  }

  look([newUnits = 0, oldUnits = 0, newOver = 0, oldOver = 0, ...above]: Basis): TrackLook {
    const levels = Array.from({ length: above.length / 2 }, (_, index): Counts | null => {
      const [newBad = UNKNOWN, oldBad = UNKNOWN] = above.slice(2 * index, 2 * index + 2);
      return newBad === UNKNOWN ? null : { newUnits, newBad, oldUnits, oldBad };
    });
    this.#over += newOver;
    const { harm, harmless } = this.#latency.lookAt(levels, newUnits);
    const limit = this.#limit?.look({ newUnits, newBad: newOver, oldUnits, oldBad: oldOver }) ?? null;
    if (!this.#isCompared) return limit ?? NO_LOOK;
    if (limit === null) return { harm, harmless: harmless ?? 0, shared: 0 };
    return {
      harm: logAdd(harm, limit.harm) - Math.LN2,
      harmless: Math.min(harmless ?? 0, limit.harmless),
      shared: limit.shared,
    };
  }

  state(): LatencyTrackState {
    return { latency: this.#latency.state(), limit: this.#limit?.state() ?? null, over: this.#over };
  }

  restore({ latency, limit, over }: LatencyTrackState): void {
    if ((limit === null) !== (this.#limit === null)) throw new RangeError('this state is of other rules');
    this.#latency.restore(latency);
    if (limit !== null) this.#limit?.restore(limit);
    this.#over = over;
  }
}

/** Answers, or those of them above a bucket. */
function total(counts: readonly BucketCount[], above = -1): number {
  return counts.reduce((sum, [bucket, count]) => (bucket > above ? sum + count : sum), 0);
}
