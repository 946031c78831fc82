import type { Contender } from './contender.ts';
import { thresholdRule } from './threshold-rule.ts';

/**
 * Argo Rollouts' published example (docs, "Analysis & Progressive Delivery"): successCondition >= 0.95, failureLimit 3; a run fails with
 * more failures than the limit (analysis/analysis.go). The example measures every 5 minutes; here it does every minute, in its favour.
 */
export function argoRollouts(): Contender {
  return thresholdRule({ least: 0.95, failures: 4 });
}
