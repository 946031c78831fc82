/** What is known of a change and of where it goes. */
export interface Situation {
  /** `config`: infrastructure or settings. */
  readonly change: 'feature' | 'migration' | 'config';
  readonly users: number;
  /** Requests per second. */
  readonly traffic: number;
  /** Whether the old version still runs after the change. */
  readonly reversible: boolean;
  readonly instances: number;
  /** Whether traffic can be split between two versions. */
  readonly router: boolean;
  /** Whether the code has feature flags. */
  readonly flags: boolean;
  readonly risk: 'low' | 'high';
  readonly audience: 'b2c' | 'b2b';
  readonly compliance: boolean;
  readonly loadUnproven: boolean;
  readonly fixedDate: boolean;
}

export type AdvisedStrategy = 'rolling' | 'canary' | 'blue-green' | 'dark-launch' | 'flag' | 'big-bang' | 'deploy';

/** Stable names of the rules, as people may quote them. */
export type AdviceRule =
  | 'standard'
  | 'critical-risk'
  | 'critical-size'
  | 'large-audience'
  | 'compliance'
  | 'prove-load-first'
  | 'small-product'
  | 'fixes-roll'
  | 'migration-whole'
  | 'infrastructure-whole'
  | 'flags-for-everything'
  | 'critical-feature-flag'
  | 'imposed-date'
  | 'by-account'
  | 'little-traffic'
  | 'no-router'
  | 'no-router-flag'
  | 'one-instance';

export type AdviceNote =
  | 'soft-launch'
  | 'hybrid'
  | 'point-of-no-return'
  | 'expand-contract'
  | 'keep-both'
  | 'flag-after'
  | 'b2c-hours'
  | 'b2b-hours'
  | 'compliance-too';

/** A strategy with the rules that lead to it, in the order in which they were asked. */
export interface Chosen {
  readonly strategy: AdvisedStrategy;
  readonly rules: readonly AdviceRule[];
}
