import type { Design } from '../sequential/kernel/design.ts';
import { fingerprintOf } from '../sequential/kernel/fingerprint.ts';
import { logSum } from '../sequential/kernel/log-sum.ts';
import { RATIO_GRID } from '../sequential/interval/ratio-evidence.ts';
import type { Basis, MetricCounts } from './counts.ts';
import { areTooFew, type InstanceNumbers } from './few-instances.ts';
import { LatencyTrack, type LatencyTrackState } from './latency-track.ts';
import { RatioTrack, type RatioTrackState } from './ratio-track.ts';
import { type AnalysisRules, type JudgedMetric, SUSPICION } from './rules.ts';
import { type SeenSplit, SPLIT_RULES, SplitCheck, type SplitCheckState } from './split-check.ts';
import { TIMES_MISS, type TimesOld } from './times-old.ts';
import { NO_LOOK, type Track, type TrackLook } from './track.ts';

/** What evidence asks for. `suspect`: the ramp goes no further for now; `promote`: this share may end early. */
export type AnalysisDecision = 'fail' | 'promote' | 'suspect' | 'continue';

/** What a look rests on. A metric that could not be read is not in it. */
export interface LookBasis {
  /** The new version's planned share of the units, 0..1; null where it is not known. Where it is 1 nothing is left to compare with. */
  readonly share: number | null;
  readonly metrics: Readonly<Record<string, Basis>>;
}

/** Evidence of one metric. */
export interface MetricEvidence {
  readonly metric: string;
  /** ln of its e-value: how much the data speak for harm above its margin. */
  readonly harm: number;
  /** ln of the e-value for harm below its margin. */
  readonly harmless: number;
  /** Its part of the whole evidence; the parts of all metrics add up to 1. */
  readonly part: number;
  /** How the shares compare; null: it is no share, there is no old version, or the new one has all of the traffic. */
  readonly times: TimesOld | null;
}

/** How it stands after a look. */
export interface AnalysisLook {
  readonly decision: AnalysisDecision;
  /** The metric with the most evidence of harm; null where there is none of any. */
  readonly culprit: string | null;
  /** ln E of all metrics together; at `threshold`, ln(1/falseAlarms), the new version is worse. */
  readonly harm: number;
  readonly threshold: number;
  /** ln of the weakest evidence of harmlessness. */
  readonly harmless: number;
  readonly metrics: readonly MetricEvidence[];
  /** A metric over its limit on the old version too: what the new one did cannot be told. */
  readonly shared: string | null;
  /** A metric of which so few instances are compared that no harm could be found; null: of none. */
  readonly few: { readonly metric: string; readonly instances: InstanceNumbers } | null;
  /** Whether the new version's units are as many as its share asks for, or a good part of them are missing, or far too many. */
  readonly traffic: 'as-planned' | 'missing' | 'excess';
  /** null: no share is known, or nothing was answered since it was set. */
  readonly split: SeenSplit | null;
  readonly looks: number;
}

export interface AnalysisState {
  /** Of the rules: a state of others is not gone on with. */
  readonly rules: string;
  readonly looks: number;
  /** In the order of the metrics. */
  readonly tracks: readonly (RatioTrackState | LatencyTrackState)[];
  readonly last: readonly TrackLook[];
  readonly traffic: SplitCheckState;
}

/** Constants that a state rests on beside the design. */
const CONSTANTS = { split: SPLIT_RULES, times: [TIMES_MISS, RATIO_GRID] };

/**
 * One analysis: all metrics, all shares of the traffic and all looks of a rollout under one false-alarm budget. A weighted mean of
 * e-values is one, whatever the metrics have to do with each other, and an e-process may be looked at and stopped at any time.
 * Deterministic: the same bases in the same order give the same looks to the last digit.
 */
export class Analysis {
  readonly #rules: AnalysisRules;
  readonly #fingerprint: string;
  readonly #tracks: readonly { readonly rules: JudgedMetric; readonly logPart: number; readonly track: Track }[];
  readonly #traffic: SplitCheck;
  #last: TrackLook[];
  #looks = 0;

  /** `isCompared`: whether there is an old version; without one only limits count. */
  constructor(rules: AnalysisRules, isCompared: boolean, design: Design) {
    const whole = rules.metrics.reduce((sum, { weight }) => sum + weight, 0);
    this.#rules = rules;
    this.#fingerprint = fingerprintOf('analysis', rules.metrics, isCompared, design, CONSTANTS);
    this.#tracks = rules.metrics.map((metric) => {
      const track =
        metric.unit === 'ratio'
          ? new RatioTrack(metric, isCompared, design)
          : new LatencyTrack(metric, isCompared, design);
      return { rules: metric, logPart: Math.log(metric.weight / whole), track };
    });
    this.#traffic = new SplitCheck(design);
    this.#last = rules.metrics.map(() => NO_LOOK);
  }

  /** What a look at these counts rests on. To be called once before each look. */
  basisOf(counts: Readonly<Record<string, MetricCounts>>, share: number | null): LookBasis {
    const pairs = this.#tracks.flatMap(({ rules: { metric }, track }): readonly (readonly [string, Basis])[] => {
      const counted = Object.hasOwn(counts, metric) ? counts[metric] : undefined;
      const basis = counted === undefined ? null : track.basisOf(counted);
      return basis === null || !basis.every(Number.isFinite) ? [] : [[metric, basis]];
    });
    return { share, metrics: Object.fromEntries(pairs) };
  }

  /** Takes a look. What could not be read leaves the evidence of its metric as it was. */
  look({ share, metrics }: LookBasis): AnalysisLook {
    this.#looks += 1;
    for (const [index, { rules, track }] of this.#tracks.entries()) {
      const basis = Object.hasOwn(metrics, rules.metric) ? metrics[rules.metric] : undefined;
      if (basis !== undefined) this.#last[index] = track.look(basis, share);
    }
    this.#lookAtTraffic(share, metrics);
    return this.#standing(share === 1);
  }

  #lookAtTraffic(share: number | null, metrics: LookBasis['metrics']): void {
    const first = this.#tracks.find(({ rules }) => Object.hasOwn(metrics, rules.metric));
    const basis = first === undefined ? undefined : metrics[first.rules.metric];
    if (first === undefined || basis === undefined || share === null || share <= 0 || share >= 1) return;
    const [newUnits = 0, second = 0, third = 0] = basis;
    const oldUnits = first.rules.unit === 'ratio' ? third : second;
    this.#traffic.look({ newUnits, oldUnits, share });
  }

  #standing(isAlone: boolean): AnalysisLook {
    const metrics = this.#tracks.map(({ rules, logPart, track }, index): MetricEvidence => {
      const { harm, harmless } = this.#last[index] ?? NO_LOOK;
      return { metric: rules.metric, harm, harmless, part: Math.exp(logPart), times: isAlone ? null : track.times };
    });
    const parts = this.#tracks.map(({ logPart }, index) => logPart + (this.#last[index]?.harm ?? 0));
    const harm = logSum(parts);
    const most = Math.max(...parts);
    const culprit = this.#tracks[parts.indexOf(most)];
    const harmless = Math.min(...metrics.map((metric) => metric.harmless));
    const threshold = -Math.log(this.#rules.falseAlarms);
    const sharedAt = this.#last.findIndex(({ shared }) => shared >= threshold);
    const common = {
      harm,
      threshold,
      harmless,
      metrics,
      culprit: harm > 0 ? (culprit?.rules.metric ?? null) : null,
      // At all of the traffic nothing is split, compared or shared any more: what was so at the share before says nothing here.
      shared: isAlone ? null : (this.#tracks[sharedAt]?.rules.metric ?? null),
      few: isAlone ? null : this.#few(),
      traffic: isAlone ? ('as-planned' as const) : this.#traffic.standing(threshold),
      split: isAlone ? null : this.#traffic.split,
      looks: this.#looks,
    };
    return { ...common, decision: this.#decision({ harm, harmless, threshold }, culprit?.track) };
  }

  #few(): AnalysisLook['few'] {
    const { falseAlarms } = this.#rules;
    for (const { rules, logPart, track } of this.#tracks) {
      const { instances } = track;
      if (instances === null || !areTooFew(instances, { part: Math.exp(logPart), falseAlarms })) continue;
      return { metric: rules.metric, instances: { new: instances.new, old: instances.old } };
    }
    return null;
  }

  #decision(
    { harm, harmless, threshold }: Pick<AnalysisLook, 'harm' | 'harmless' | 'threshold'>,
    culprit: Track | undefined,
  ): AnalysisDecision {
    const { leastUnits, wrongPromotions } = this.#rules;
    const units = Math.max(0, ...this.#tracks.map(({ track }) => track.units));
    const isSeen = units >= leastUnits && culprit !== undefined && culprit.bad >= culprit.leastBad;
    if (harm >= threshold && isSeen) return 'fail';
    if (harm >= Math.log(SUSPICION)) return 'suspect';
    const isShown = wrongPromotions !== null && harmless >= -Math.log(wrongPromotions);
    return isShown ? 'promote' : 'continue';
  }

  state(): AnalysisState {
    return {
      rules: this.#fingerprint,
      looks: this.#looks,
      tracks: this.#tracks.map(({ track }) => track.state() as RatioTrackState | LatencyTrackState),
      last: [...this.#last],
      traffic: this.#traffic.state(),
    };
  }

  /** Goes on from where another analysis of the same metrics was. Throws a RangeError where the state is of others. */
  restore(state: AnalysisState): void {
    if (state.rules !== this.#fingerprint) throw new RangeError('this state is of other metrics or another design');
    for (const [index, { track }] of this.#tracks.entries()) track.restore(state.tracks[index]);
    this.#traffic.restore(state.traffic);
    this.#last = [...state.last];
    this.#looks = state.looks;
  }
}
