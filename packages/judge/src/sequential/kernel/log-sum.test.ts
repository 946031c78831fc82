import { expect, it } from 'vitest';
import { logAdd, logSum } from './log-sum.ts';

it.each([
  ['of none', [], -Infinity],
  ['of nothing but nothing', [-Infinity, -Infinity], -Infinity],
  ['of one', [3], 3],
  ['of what would overflow', [1_000, 1_000], 1_000 + Math.LN2],
  ['of what would be nothing', [-1_000, -1_000], -1_000 + Math.LN2],
  ['of infinity', [1, Infinity], Infinity],
  ['of what is no number', [NaN], NaN],
  ['of what is no number, first', [NaN, -Infinity, 5], NaN],
  ['of what is no number, last', [5, NaN], NaN],
])('a sum %s', (_, logs, sum) => {
  expect(logSum(logs)).toBe(sum);
  expect(logSum(Float64Array.from(logs))).toBe(sum);
});

it.each([
  [-Infinity, -Infinity, -Infinity],
  [-Infinity, 2, 2],
  [1_000, 1_000, 1_000 + Math.LN2],
  [NaN, 1, NaN],
  [1, NaN, NaN],
  [-Infinity, NaN, NaN],
  [NaN, -Infinity, NaN],
])('%d and %d', (one, other, sum) => {
  expect(logAdd(one, other)).toBe(sum);
});
