import type { Launch, ObserveWork } from '@slipway/core';
import { type AnalysisRules, plannedRules } from '@slipway/judge';
import type { Comparing } from '@slipway/plan';

/** What the plan says of a comparison, as the judge takes it. The launch says at which quantile a latency is read. */
export function analysisRules(launch: Launch, work: ObserveWork, comparing: Comparing): AnalysisRules {
  return plannedRules(comparing, work.judging, (metric) => launch.plan.metrics[metric]?.source.config);
}
