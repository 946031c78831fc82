import { describe, expect, test } from 'vitest';
import { DEFAULT_DESIGN } from '../sequential/kernel/design.ts';
import { Analysis } from './analysis.ts';
import { type PlannedComparison, plannedRules } from './planned-rules.ts';

const METRIC = {
  metric: 'errors',
  unit: 'ratio',
  better: 'lower',
  times: 1.1,
  plus: 0.001,
  limit: null,
  weight: 1,
  dispersion: 1,
  skew: 2_500,
} as const;
const planned = (metric: PlannedComparison['metrics'][number] = METRIC): PlannedComparison => ({
  metrics: [metric],
  falseAlarms: 0.01,
  wrongPromotions: null,
});
const looks = { every: 1_000, minSamples: 100 };

describe('rules of a plan', () => {
  test('are in looks, rounded up', () => {
    const [metric] = plannedRules(planned(), looks, () => null).metrics;
    expect(metric).toEqual({ ...METRIC, skew: 3, quantile: 0.99 });
  });

  test.each([
    [{ quantile: 0.95 }, 0.95],
    [{ quantile: '0.95' }, 0.99],
    [{}, 0.99],
    ['quantile', 0.99],
    [null, 0.99],
  ])('take the quantile that %j asks for', (query, quantile) => {
    expect(plannedRules(planned(), looks, () => query).metrics[0]?.quantile).toBe(quantile);
  });

  test.each([
    [4, 4],
    [10, 10],
    [500, 10],
  ])('of %i requests at least ask for %i before harm is believed', (minSamples, leastUnits) => {
    expect(plannedRules(planned(), { ...looks, minSamples }, () => null).leastUnits).toBe(leastUnits);
  });

  test('are the same rules where the plan has its keys in another order, as after it was stored', () => {
    const sorted = Object.fromEntries(Object.entries(METRIC).toSorted(([one], [other]) => (one < other ? -1 : 1)));
    const stored = { ...METRIC, ...sorted } as typeof METRIC;
    const reordered = JSON.parse(JSON.stringify(sorted)) as typeof METRIC;
    expect(Object.keys(reordered)).not.toEqual(Object.keys(METRIC));
    const names = [METRIC, stored, reordered].map(
      (metric) =>
        new Analysis(
          plannedRules(planned(metric), looks, () => null),
          true,
          DEFAULT_DESIGN,
        ).state().rules,
    );
    expect(new Set(names).size).toBe(1);
  });
});
