export type VerdictDecision = 'pass' | 'fail' | 'insufficient-data' | 'telemetry-broken';

/** One condition with the figures it was judged on. */
export interface ConditionFinding {
  readonly condition: string;
  readonly holds: 'yes' | 'no' | 'unknown';
  /** Metric name to its value on each arm; null where there is none. Ratios 0..1, latencies in milliseconds. */
  readonly values: Readonly<Record<string, { readonly new: number | null; readonly old: number | null }>>;
}

/** A share with the band in which it lies at all looks together, with a confidence of 95 %. 0..1. */
export interface ShareBand {
  readonly low: number;
  readonly high: number;
}

interface FittingTimes {
  /** What fits best; null: the old version had none. */
  readonly estimate: number | null;
  /** Chance, 0..1, that a ratio that stays the same lies in the interval at all looks together. */
  readonly confidence: number;
}

/** How many times the old version's share the new one's is, over all looks; where higher is better, of good answers. */
export type ComparedTimes =
  /** null: too little is known of that edge. */
  | (FittingTimes & { readonly is: 'between'; readonly low: number | null; readonly high: number | null })
  /** No one ratio fits all looks: it changed. */
  | (FittingTimes & { readonly is: 'moved' });

/** What one metric came to when the versions were compared, look by look. */
export interface ComparedMetric {
  readonly metric: string;
  /** ln of its e-value for harm above its margin, and for harm below it. */
  readonly harm: number;
  readonly harmless: number;
  /** Its part of the whole evidence, 0..1. */
  readonly part: number;
  /** Bands of shares, since this share of the traffic was set; null: it is no share, or was not read. */
  readonly new: ShareBand | null;
  readonly old: ShareBand | null;
  /** null: it is no share, or nothing is compared; not there in verdicts from before it was kept. */
  readonly times?: ComparedTimes | null;
}

/** The evidence of the comparison, over all shares of the traffic so far. */
export interface ComparedEvidence {
  /** ln of the e-value of all metrics together; the new version is worse at `threshold`, ln(1/false alarms). */
  readonly harm: number;
  readonly threshold: number;
  /** ln of the weakest evidence of harmlessness. */
  readonly harmless: number;
  readonly metrics: readonly ComparedMetric[];
  readonly looks: number;
}

/** Why, as somebody wrote it; in both languages where the words are our own. */
export interface Reasoned {
  readonly reason: string;
  readonly reasons?: { readonly en: string; readonly fr: string };
}

/** What a judge said, in one language for sure and in others where it can. */
export interface Said {
  /** One sentence a release manager understands. */
  readonly sentence: string;
  readonly sentences?: { readonly en: string; readonly fr: string };
}

/** What the judge said, with all it said it on. */
export interface Verdict extends Said {
  readonly decision: VerdictDecision;
  /** The metric that decided; null where none did. */
  readonly culprit: string | null;
  /** There where metrics were compared. */
  readonly compared?: ComparedEvidence;
  readonly findings: readonly ConditionFinding[];
  /** Requests that the new version answered in the window; null where no source knows. */
  readonly samples: number | null;
  /** Requests that met the new version since it first had traffic; null where no source knows. */
  readonly exposure: number | null;
  /** Epoch ms of the new version's first bad answer; null where there was none or no source knows. */
  readonly firstBadAt: number | null;
  /** Epoch ms between which it looked. */
  readonly from: number;
  readonly to: number;
}
