import { expect, test } from 'vitest';
import { areTooFew } from './few-instances.ts';
import type { AnalysisRules, JudgedMetric } from './rules.ts';

const metric = (name: string, limit: number | null = null, weight = 1): JudgedMetric => ({
  metric: name,
  unit: 'ratio',
  better: 'lower',
  times: 1.1,
  plus: 0.001,
  limit,
  weight,
  dispersion: 1,
  skew: 0,
  quantile: 0.99,
  compare: 'instances',
});
const rules = (...metrics: readonly JudgedMetric[]): AnalysisRules => ({
  metrics,
  falseAlarms: 0.01,
  wrongPromotions: null,
  leastUnits: 10,
});

test.each([
  [{ new: 6, old: 6 }, false],
  [{ new: 5, old: 5 }, true],
  [{ new: 3, old: 15 }, false],
  [{ new: 3, old: 13 }, true],
  [{ new: 1, old: 1_000 }, false],
  [{ new: 1, old: 100 }, true],
  [{ new: 0, old: 100 }, true],
])('%o too few of them: %s', (numbers, expected) => {
  expect(areTooFew(numbers, 'errors', rules(metric('errors')))).toBe(expected);
});

test('a metric with a smaller part of the evidence needs more of them', () => {
  const numbers = { new: 6, old: 6 };
  expect(areTooFew(numbers, 'errors', rules(metric('errors'), metric('paid', null, 9)))).toBe(true);
  expect(areTooFew(numbers, 'errors', rules(metric('errors', 0.01)))).toBe(true);
  expect(areTooFew(numbers, 'unknown', rules(metric('errors')))).toBe(false);
});
