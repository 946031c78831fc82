import type { HookTrigger, Trigger } from './trigger.ts';

/** A condition over metrics: CEL, true while all is well. */
export interface Condition {
  readonly cel: string;
  /** Names of the metrics it reads. */
  readonly metrics: readonly string[];
}

/** How a metric of the new version is compared with the old one's. */
export interface JudgedMetric {
  readonly metric: string;
  readonly unit: 'ratio' | 'milliseconds';
  readonly better: 'lower' | 'higher';
  /** The new version may be so many times as bad, and so much more: a share 0..1 or milliseconds. */
  readonly times: number;
  readonly plus: number;
  /** What neither version may be worse than: a share 0..1 or milliseconds; null: there is none. */
  readonly limit: number | null;
  /** Its part of the evidence beside the other metrics'. */
  readonly weight: number;
  /** 1 or more: how much bad answers come in clusters. */
  readonly dispersion: number;
  /** Milliseconds by which the clocks of what counts the versions may differ. */
  readonly skew: number;
  /** Instance with instance, where bad answers come together in one of them. Absent: the requests of both versions. */
  readonly compare?: 'instances';
  /** What the old version usually shows: a share 0..1, or milliseconds at the quantile. Absent where nobody said; nothing is judged by it. */
  readonly usual?: number;
  /** Of a latency: the usual median in milliseconds. Absent as `usual`. */
  readonly usualMedian?: number;
  /** Units that it usually counts a second, both versions together. Absent: each request. */
  readonly traffic?: number;
}

/** What is compared second by second, with a promise about false alarms. */
export interface Comparing {
  readonly metrics: readonly JudgedMetric[];
  /** Chance of a false alarm, 0..1: this step's part of the launch's. */
  readonly falseAlarms: number;
  /** Chance, 0..1, of an early end although it is as bad as the margins allow; null: shares last as long as the plan says. */
  readonly wrongPromotions: number | null;
  /** Milliseconds after a share was set in which nothing is compared. */
  readonly warmUp: number;
  /** Requests that may meet a suspected version before the share before is set again. Absent: any number. */
  readonly exposure?: number;
}

/** A gauge that is watched by limit and slope, in its own unit. No promise about false alarms holds for it. */
export interface WatchedGauge {
  readonly metric: string;
  /** '' where the plan names none. */
  readonly unit: string;
  /** What the new version must stay below; null: no limit. */
  readonly below: number | null;
  /** What it must stay above. Absent: no limit. */
  readonly above?: number;
  /** At most so many times the old version's, while both have traffic; null: not compared. */
  readonly times: number | null;
  /** What a steady rise does: ask a person, or nothing. */
  readonly rising: 'hold' | 'ignore';
}

/** How a rollout or a soak is judged. */
export interface Judging {
  readonly conditions: readonly Condition[];
  /** Absent where only the conditions count. */
  readonly comparing?: Comparing;
  /** Absent where none is watched. */
  readonly gauges?: readonly WatchedGauge[];
  /** Judged at the end alone, over all that was watched. Absent: none. */
  readonly success?: readonly Condition[];
  /** In their order: of those that are true the first one acts. Absent: none. */
  readonly triggers?: readonly Trigger[];
  /** Pulled from outside; in their order. Absent: none. */
  readonly hooks?: readonly HookTrigger[];
  /** Verdicts besides `fail` that turn back at once; every other one that is no pass holds. Absent: none. */
  readonly turnsBackOn?: readonly ('insufficient-data' | 'telemetry-broken')[];
  /** Verdicts that hold and page the people on call; never one of those above. Absent: none. */
  readonly pagesOn?: readonly ('insufficient-data' | 'telemetry-broken')[];
  /** Requests that the new version must have answered before a verdict other than insufficient-data. */
  readonly minSamples: number;
  /** Milliseconds between looks. */
  readonly every: number;
  /** Milliseconds without a usable reading after which the verdict is telemetry-broken. */
  readonly silence: number;
}
