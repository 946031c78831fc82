import { compileCondition } from '../conditions/compile-condition.ts';
import type { Metric } from '../model/plan.ts';
import type { Condition } from '../model/judging.ts';

/** A condition as it was written, with the metrics that it reads. */
export function condition(cel: string, metrics: ReadonlyMap<string, Metric['unit']>): Condition {
  const compiled = compileCondition(cel, new Set(metrics.keys()));
  return { cel, metrics: compiled.ok ? compiled.condition.metrics : [] };
}
