import { mostEvidence } from '../sequential/placebo/most-evidence.ts';
import type { AnalysisRules } from './rules.ts';

/** How many instances of each version are compared. */
export interface InstanceNumbers {
  readonly new: number;
  readonly old: number;
}

/**
 * Whether so few instances are compared that no harm of this metric could ever be found: were the new version's all as bad as can be,
 * too many other draws of as many instances would be as bad by chance. A version that nothing could turn back must not pass.
 */
export function areTooFew({ new: fresh, old }: InstanceNumbers, metric: string, rules: AnalysisRules): boolean {
  const judged = rules.metrics.find((each) => each.metric === metric);
  if (judged === undefined) return false;
  const whole = rules.metrics.reduce((sum, { weight }) => sum + weight, 0);
  const part = (judged.weight / whole) * (judged.limit === null ? 1 : 1 / 2);
  return mostEvidence(fresh, old) + Math.log(part) < -Math.log(rules.falseAlarms);
}
