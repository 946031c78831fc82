/** How one metric of the new version is judged. */
export interface JudgedMetric {
  readonly metric: string;
  readonly unit: 'ratio' | 'milliseconds';
  readonly better: 'lower' | 'higher';
  /** The new version may be so many times as bad as the old one, and so much more: a share 0..1 or milliseconds. */
  readonly times: number;
  readonly plus: number;
  /** What neither version may be worse than: a share 0..1, or milliseconds at the metric's quantile; null: there is none. */
  readonly limit: number | null;
  /** Its part of the evidence beside the other metrics'. */
  readonly weight: number;
  /** 1 or more: how much bad units come in clusters. */
  readonly dispersion: number;
  /** Looks by which the clocks of what counts the versions may differ. */
  readonly skew: number;
  /** Instance with instance, where bad units come together in one of them; then dispersion is 1 and skew 0. Absent: all units. */
  readonly compare?: 'instances';
  /** Of a latency: the quantile whose limit is meant, and at which it must be shown to be no slower before it goes on early. */
  readonly quantile: number;
}

/** What an analysis promises and asks for. */
export interface AnalysisRules {
  readonly metrics: readonly JudgedMetric[];
  /** Chance of a false alarm, above 0 and below 1: over all metrics, all looks and all shares of the traffic together. */
  readonly falseAlarms: number;
  /** Chance of an early end although the new version is as bad as its margins allow; null: nothing ends early. */
  readonly wrongPromotions: number | null;
  /** Units that the new version must have met before it can be worse. */
  readonly leastUnits: number;
}

/** Evidence from which on a ramp does not go on, though it is no alarm yet. */
export const SUSPICION = 10;
