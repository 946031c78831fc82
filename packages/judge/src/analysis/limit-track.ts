import type { Design } from '../sequential/kernel/design.ts';
import type { Counts } from '../sequential/kernel/growth.ts';
import { LimitMetric, type LimitState } from '../sequential/metrics/limit-metric.ts';
import { RateMetric, type RateState } from '../sequential/metrics/rate-metric.ts';

export interface LimitTrackState {
  readonly fresh: LimitState;
  readonly old: LimitState;
  readonly worse: RateState;
}

export interface LimitLook {
  readonly harm: number;
  readonly harmless: number;
  readonly shared: number;
}

const AT_ALL = { ratio: 1, points: 0 };

/**
 * An absolute limit. The new version has broken it only where it is worse than the old one as well: the union of both nulls is refuted by
 * the weaker evidence. That the old one is over the limit is evidence of its own: then nobody can say what the new one did.
 */
export class LimitTrack {
  readonly #fresh: LimitMetric;
  readonly #old: LimitMetric;
  readonly #worse: RateMetric;
  readonly #isCompared: boolean;

  /** `limit`: share of bad units, above 0 and below 1. `isCompared`: whether there is an old version. */
  constructor(
    limit: number,
    {
      isCompared,
      dispersion,
      skew,
    }: { readonly isCompared: boolean; readonly dispersion: number; readonly skew: number },
    design: Design,
  ) {
    this.#fresh = new LimitMetric(limit, design);
    this.#old = new LimitMetric(limit, design);
    this.#worse = new RateMetric({ margin: AT_ALL, promotion: AT_ALL, dispersion, skew }, design);
    this.#isCompared = isCompared;
  }

  look(counts: Counts): LimitLook {
    const fresh = this.#fresh.look({ units: counts.newUnits, bad: counts.newBad });
    if (!this.#isCompared) return { harm: fresh.harm, harmless: fresh.harmless ?? 0, shared: 0 };
    const shared = this.#old.look({ units: counts.oldUnits, bad: counts.oldBad }).harm;
    const worse = this.#worse.look(counts).harm;
    return { harm: Math.min(fresh.harm, worse), harmless: fresh.harmless ?? 0, shared };
  }

  state(): LimitTrackState {
    return { fresh: this.#fresh.state(), old: this.#old.state(), worse: this.#worse.state() };
  }

  restore({ fresh, old, worse }: LimitTrackState): void {
    this.#fresh.restore(fresh);
    this.#old.restore(old);
    this.#worse.restore(worse);
  }
}
