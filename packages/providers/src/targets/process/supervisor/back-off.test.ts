import { expect, test } from 'vitest';
import { backOffMs } from './back-off.ts';

test.each([
  [1, 200],
  [2, 400],
  [3, 800],
  [6, 6_400],
  [7, 10_000],
  [10_000, 10_000],
])('after %i ends in a row it waits %i ms', (ends, expected) => {
  expect(backOffMs(ends)).toBe(expected);
});
