import type { MetricUnit } from '../model/plan.ts';
import { compileCondition, type MetricValues } from './compile-condition.ts';

/** From what is worst to what is best, with some between: most conditions are false at the first ones. */
const OF_RATIO = [1, 0, 0.5, 0.9, 0.1, 0.01, 0.001, 0.25, 0.75] as const;
const OF_TIME = [1e9, 0, 1, 100, 1e4, 250, 1e6] as const;
const OF_GAUGE = [1e15, -1e15, 0, 1, -1, 1e6, 1e3] as const;

/** More metrics than these are not tried out: what they take grows by powers. */
const MOST_METRICS = 2;

/**
 * Whether no measurement makes a condition false, tried out at the bounds of each unit and at some values between. At the bounds it is
 * exact for comparisons of sums and multiples. False where that cannot be told.
 */
export function isAlwaysTrue(cel: string, units: ReadonlyMap<string, MetricUnit>): boolean {
  const compiled = compileCondition(cel, new Set(units.keys()));
  if (!compiled.ok || compiled.condition.metrics.length > MOST_METRICS) return false;
  for (const values of measurements(compiled.condition.metrics, units)) {
    const result = compiled.condition.evaluate(values);
    // Undecided is not true: it holds.
    if (!result.ok || !result.value) return false;
  }
  return true;
}

type Values = Readonly<Record<string, MetricValues>>;

function* measurements(metrics: readonly string[], units: ReadonlyMap<string, MetricUnit>): Generator<Values> {
  const [metric, ...others] = metrics;
  if (metric === undefined) {
    yield {};
    return;
  }
  const tried = triedOf(units.get(metric) ?? 'ratio');
  for (const one of tried)
    for (const old of tried)
      for (const rest of measurements(others, units)) yield { ...rest, [metric]: { new: one, old } };
}

function triedOf(unit: MetricUnit): readonly number[] {
  if (unit === 'ratio') return OF_RATIO;
  return unit === 'milliseconds' ? OF_TIME : OF_GAUGE;
}
