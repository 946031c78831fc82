import type { Design } from '../sequential/kernel/design.ts';
import type { Counts } from '../sequential/kernel/growth.ts';
import { logAdd } from '../sequential/kernel/log-sum.ts';
import { LimitMetric, type LimitReading, type LimitState } from '../sequential/metrics/limit-metric.ts';
import { RateMetric, type RateState } from '../sequential/metrics/rate-metric.ts';

export interface LimitTrackState {
  readonly fresh: LimitState;
  readonly old: LimitState;
  readonly worse: RateState;
  readonly alone: LimitState;
}

export interface LimitLook {
  readonly harm: number;
  readonly harmless: number;
  readonly shared: number;
}

const NONE: LimitReading = { units: 0, bad: 0 };
const AT_ALL = { ratio: 1, points: 0 };

/**
 * An absolute limit. Where the old version answers too, the new one has broken it only if it is worse than the old one as well: the union of
 * both nulls is refuted by the weaker evidence. Where it has all of the traffic the limit alone counts; each is half of the evidence. That
 * the old one is over the limit is evidence of its own: then nobody can say what the new one did.
 */
export class LimitTrack {
  readonly #fresh: LimitMetric;
  readonly #old: LimitMetric;
  readonly #worse: RateMetric;
  readonly #alone: LimitMetric;
  readonly #dispersion: number;
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
    this.#alone = new LimitMetric(limit, design);
    this.#dispersion = dispersion;
    this.#worse = new RateMetric({ margin: AT_ALL, promotion: AT_ALL, dispersion, skew }, design);
    this.#isCompared = isCompared;
  }

  look(counts: Counts): LimitLook {
    const dispersed = (units: number, bad: number): LimitReading => ({
      units: units / this.#dispersion,
      bad: bad / this.#dispersion,
    });
    const both = dispersed(counts.newUnits, counts.newBad);
    const isAlone = counts.oldUnits === 0;
    const alone = this.#alone.look(isAlone || !this.#isCompared ? both : NONE);
    const fresh = this.#fresh.look(isAlone && this.#isCompared ? NONE : both);
    if (!this.#isCompared) return { harm: alone.harm, harmless: fresh.harmless ?? 0, shared: 0 };
    const shared = this.#old.look(dispersed(counts.oldUnits, counts.oldBad)).harm;
    const worse = this.#worse.look(counts).harm;
    const harm = logAdd(Math.min(fresh.harm, worse), alone.harm) - Math.LN2;
    return { harm, harmless: logAdd(fresh.harmless ?? 0, alone.harmless ?? 0) - Math.LN2, shared };
  }

  state(): LimitTrackState {
    const [fresh, old, worse] = [this.#fresh.state(), this.#old.state(), this.#worse.state()];
    return { fresh, old, worse, alone: this.#alone.state() };
  }

  restore({ fresh, old, worse, alone }: LimitTrackState): void {
    this.#fresh.restore(fresh);
    this.#old.restore(old);
    this.#worse.restore(worse);
    this.#alone.restore(alone);
  }
}
