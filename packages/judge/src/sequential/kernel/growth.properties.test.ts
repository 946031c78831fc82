import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { REFERENCE_DESIGN } from './design.ts';
import { ComparisonBets } from './growth.ts';
import { LimitBets } from './limit-bets.ts';

const { up, down } = REFERENCE_DESIGN;

/** Chance of k bad ones among n. */
function binomial(n: number, k: number, p: number): number {
  let ways = 1;
  for (let i = 1; i <= k; i += 1) ways = (ways * (n - k + i)) / i;
  return ways * p ** k * (1 - p) ** (n - k);
}

const chance = fc.double({ min: 0, max: 1, noNaN: true });
const units = fc.integer({ min: 1, max: 7 });
const margin = fc.record({
  ratio: fc.double({ min: 1, max: 3, noNaN: true }),
  points: fc.double({ min: 0, max: 0.3, noNaN: true }),
});
const numbers = (most: number) => Array.from({ length: most + 1 }, (_, index) => index);
/** What rounding adds to sums of a few dozen terms. */
const ROUNDING = 1e-9;

describe('a bet on one second', () => {
  it('gains nothing on average from a version that is exactly as bad as the margin allows, whatever the old one does', () => {
    const asked = fc.property(
      units,
      units,
      chance,
      margin,
      fc.constantFrom(up, down),
      (newUnits, oldUnits, old, is, grid) => {
        const fresh = is.ratio * old + is.points;
        fc.pre(fresh <= 1);
        const mean = new Float64Array(grid.length);
        const bets = new ComparisonBets(grid, { ...is, dispersion: 1 });
        for (const newBad of numbers(newUnits))
          for (const oldBad of numbers(oldUnits)) {
            const weight = binomial(newUnits, newBad, fresh) * binomial(oldUnits, oldBad, old);
            const counts = { newUnits, newBad, oldUnits, oldBad };
            const growth = bets.on(counts);
            for (const [k, log] of growth.entries()) mean[k] = (mean[k] ?? 0) + weight * Math.exp(log);
          }
        expect(Math.max(...mean)).toBeLessThanOrEqual(1 + ROUNDING);
      },
    );
    fc.assert(asked, { numRuns: 300 });
  });

  it('gains nothing on average from a version that is exactly at its limit', () => {
    const limit = fc.double({ min: 0.0001, max: 0.999, noNaN: true });
    const asked = fc.property(units, limit, fc.constantFrom(up, down), (all, share, grid) => {
      const mean = new Float64Array(grid.length);
      const bets = new LimitBets(grid);
      for (const bad of numbers(all))
        for (const [k, log] of bets.on(all, bad, share).entries())
          mean[k] = (mean[k] ?? 0) + binomial(all, bad, share) * Math.exp(log);
      expect(Math.max(...mean)).toBeLessThanOrEqual(1 + ROUNDING);
    });
    fc.assert(asked);
  });

  it('stays finite for counts as large as numbers hold exactly', () => {
    const many = Number.MAX_SAFE_INTEGER;
    const counts = { newUnits: many, newBad: many, oldUnits: many, oldBad: 0 };
    const growth = new ComparisonBets(up, { ratio: 1.1, points: 0.001, dispersion: 1 }).on(counts);
    expect([...growth].every(Number.isFinite)).toBe(true);
  });
});
