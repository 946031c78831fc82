import { describe, expect, it } from 'vitest';
import { tailOf, upperBound } from '../../../bench/judge/report/binomial-bound.ts';

describe('the exact binomial tail', () => {
  it.each([
    ['of one or more in ten', 1, 10, 0.1, 1 - 0.9 ** 10],
    ['of all', 10, 10, 0.5, 1 / 1_024],
    ['of what is nearly never', 20, 20, 0.1, 1e-20],
    ['of none or more', 0, 10, 0.1, 1],
  ])('%s', (_, least, trials, chance, expected) => {
    expect(tailOf(least, trials, chance) / expected).toBeCloseTo(1, 10);
  });
});

describe('the exact upper bound', () => {
  it('of none in a hundred is what leaves 5 % for none', () => {
    expect(upperBound(0, 100, 0.05)).toBeCloseTo(1 - 0.05 ** (1 / 100), 12);
  });

  it('of one in two is where two have a chance of 95 %', () => {
    expect(upperBound(1, 2, 0.05)).toBeCloseTo(Math.sqrt(0.95), 12);
  });

  it('of all, and of no trials, is 1', () => {
    expect(upperBound(3, 3, 0.05)).toBe(1);
    expect(upperBound(0, 0, 0.05)).toBe(1);
  });
});
