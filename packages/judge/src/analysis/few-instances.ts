import type { ComparedShards } from '../sequential/placebo/placebo-metric.ts';
import { mostEvidence } from '../sequential/placebo/most-evidence.ts';

/** How many instances of each version are compared. */
export type InstanceNumbers = Pick<ComparedShards, 'new' | 'old'>;

/** What the evidence of a metric has to come to. */
export interface Needed {
  /** Its part of all evidence, above 0 and at most 1. */
  readonly part: number;
  readonly falseAlarms: number;
}

/**
 * Whether so few instances are compared that no harm could soon be found: were the new version's all as bad as can be, too many other
 * draws of as many instances would be as bad by chance. A version that nothing could turn back must not pass.
 */
export function areTooFew({ new: fresh, old, stake }: ComparedShards, { part, falseAlarms }: Needed): boolean {
  return mostEvidence(fresh, old, stake) + Math.log(part) < -Math.log(falseAlarms);
}
