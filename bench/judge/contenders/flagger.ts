import type { Contender } from './contender.ts';
import { thresholdRule } from './threshold-rule.ts';

/**
 * Flagger's published example (docs.flagger.app, "How it works"): request-success-rate min 99, interval 1m, threshold 5. Its count of
 * failed checks is never put back while an analysis lasts (pkg/controller/scheduler.go).
 */
export function flagger(): Contender {
  return thresholdRule({ least: 0.99, failures: 5 });
}
