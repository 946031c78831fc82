import { expect, test } from 'vitest';
import { mostLikely } from './most-likely.ts';

// Clopper and Pearson's one-sided bounds; with no success 1 - miss^(1/trials), with all but one (1 - miss)^(1/trials).
test.each([
  [0, 200, 1 - 0.05 ** (1 / 200)],
  [0, 10, 1 - 0.05 ** (1 / 10)],
  [9, 10, 0.95 ** (1 / 10)],
  [10, 10, 1],
])('%i in %i is at most %d', (successes, trials, most) => {
  expect(mostLikely(successes, trials, 0.05)).toBeCloseTo(most, 10);
});
