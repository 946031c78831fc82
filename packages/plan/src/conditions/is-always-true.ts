import type { MetricUnit } from '../model/plan.ts';
import { compileCondition, type MetricValues } from './compile-condition.ts';

/** From what is worst to what is best, with some between: most conditions are false at the first ones. That all is bad guards against nothing. */
const OF_RATIO = [0.999, 0, 0.5, 0.9, 0.1, 0.01, 0.001, 0.25, 0.75] as const;
const OF_TIME = [1e9, 0, 1, 100, 1e4, 250, 1e6] as const;
const OF_GAUGE = [1e15, -1e15, 0, 1, -1, 1e6, 1e3] as const;

/** More metrics than these are not tried out: what they take grows by powers. */
const MOST_METRICS = 2;
/** Values of each, where there are two. */
const MOST_OF_TWO = 4;

/**
 * Whether no measurement short of a total failure makes a condition false, tried out at the bounds of each unit and at some values between. At the bounds it is
 * exact for comparisons of sums and multiples. False where that cannot be told.
 */
export function isAlwaysTrue(cel: string, units: ReadonlyMap<string, MetricUnit>): boolean {
  const compiled = compileCondition(cel, new Set(units.keys()));
  if (!compiled.ok || compiled.condition.metrics.length > MOST_METRICS) return false;
  for (const values of measurements(triedFor(compiled.condition.metrics, units))) {
    const result = compiled.condition.evaluate(values);
    // Undecided is not true: it holds.
    if (!result.ok || !result.value) return false;
  }
  return true;
}

type Values = Readonly<Record<string, MetricValues>>;

type Tried = readonly (readonly [metric: string, values: readonly number[]])[];

function triedFor(metrics: readonly string[], units: ReadonlyMap<string, MetricUnit>): Tried {
  const most = metrics.length > 1 ? MOST_OF_TWO : Infinity;
  return metrics.map((metric) => [metric, triedOf(units.get(metric) ?? 'ratio').slice(0, most)]);
}

/** Every combination of the values, of both versions. */
function* measurements([first, ...others]: Tried): Generator<Values> {
  if (first === undefined) {
    yield {};
    return;
  }
  const [metric, values] = first;
  const pairs = values.flatMap((one) => values.map((old) => ({ new: one, old })));
  for (const pair of pairs) for (const rest of measurements(others)) yield { ...rest, [metric]: pair };
}

function triedOf(unit: MetricUnit): readonly number[] {
  if (unit === 'ratio') return OF_RATIO;
  return unit === 'milliseconds' ? OF_TIME : OF_GAUGE;
}
