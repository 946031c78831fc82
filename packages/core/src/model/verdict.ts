export type VerdictDecision = 'pass' | 'fail' | 'insufficient-data' | 'telemetry-broken';

/** One condition with the figures it was judged on. */
export interface ConditionFinding {
  readonly condition: string;
  readonly holds: 'yes' | 'no' | 'unknown';
  /** Metric name to its value on each arm; null where there is none. Ratios 0..1, latencies in milliseconds. */
  readonly values: Readonly<Record<string, { readonly new: number | null; readonly old: number | null }>>;
}

/** What the judge said, with all it said it on. */
export interface Verdict {
  readonly decision: VerdictDecision;
  /** The metric that decided; null where none did. */
  readonly culprit: string | null;
  /** One sentence a release manager understands. */
  readonly sentence: string;
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
