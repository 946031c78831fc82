import type { Policy } from '@slipway/plan';

/** The policy under which a launch started. It is part of the record: a file that changes later changes nothing of this launch. */
export interface LaunchPolicy {
  /** sha256 over the canonical JSON of the rules. */
  readonly digest: string;
  readonly rules: Policy;
}
