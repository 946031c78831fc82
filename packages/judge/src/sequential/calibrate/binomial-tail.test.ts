import { expect, test } from 'vitest';
import { binomialTail } from './binomial-tail.ts';

test.each([
  [0, 10, 0.3, 1],
  [1, 2, 0.5, 0.75],
  [2, 2, 0.5, 0.25],
  [3, 2, 0.5, 0],
  [1, 100, 0.01, 1 - 0.99 ** 100],
])('%i or more of %i with a chance of %f', (successes, trials, chance, expected) => {
  expect(binomialTail(successes, trials, chance)).toBeCloseTo(expected, 12);
});
