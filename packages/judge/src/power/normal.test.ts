import { expect, test } from 'vitest';
import { normalBelow, scaledTail } from './normal.ts';

test.each([
  [0, 0.5],
  [1.959964, 0.975],
  [-1.959964, 0.025],
  [-3, 0.0013499],
  [8, 1],
  [Infinity, 1],
  [-Infinity, 0],
])('a standard normal value is at most %d with chance %d', (z, chance) => {
  expect(normalBelow(z)).toBeCloseTo(chance, 6);
});

test.each([
  [0, 0.5],
  [2, 0.168102],
  [20, 0.019898],
  [1e6, 0],
])('the tail beyond %d, scaled, is %d', (y, tail) => {
  expect(scaledTail(y)).toBeCloseTo(tail, 6);
});
