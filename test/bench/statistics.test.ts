import { expect, test } from 'vitest';
import { median, percentile } from '../../bench/report/statistics.ts';

test.each([
  [[5], 0.5, 5],
  [[3, 1, 2], 0.5, 2],
  [[4, 3, 2, 1], 0.5, 2],
  [[1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 0.95, 10],
  [Array.from({ length: 100 }, (_, index) => 100 - index), 0.99, 99],
  [[1, 2, 3], 0, 1],
  [[1, 2, 3], 1, 3],
])('of %j the %f quantile is %f', (figures, q, expected) => {
  expect(percentile(figures, q)).toBe(expected);
});

test('nothing measured is not a figure', () => {
  expect(percentile([], 0.5)).toBeNaN();
  expect(median([])).toBeNaN();
});
