import { expect, test } from 'vitest';
import { EARLY } from '../sequential/placebo/stakes.ts';
import { areTooFew } from './few-instances.ts';

const needed = { part: 1, falseAlarms: 0.01 };
const first = (fresh: number, old: number) => ({ new: fresh, old, stake: EARLY });

test.each([
  [7, 7, false],
  [6, 6, true],
  [3, 18, false],
  [3, 17, true],
  [1, 1_300, false],
  [1, 1_200, true],
  [0, 100, true],
])('%d of the new version beside %d: %s', (fresh, old, expected) => {
  expect(areTooFew(first(fresh, old), needed)).toBe(expected);
});

test('a metric with a smaller part of the evidence, or shards with less of the stake, need more of them', () => {
  expect(areTooFew(first(7, 7), { ...needed, part: 0.25 })).toBe(true);
  expect(areTooFew(first(8, 8), { ...needed, part: 0.25 })).toBe(false);
  expect(areTooFew({ new: 8, old: 8, stake: 0.05 }, needed)).toBe(true);
  expect(areTooFew({ new: 9, old: 9, stake: 0.05 }, needed)).toBe(false);
});
