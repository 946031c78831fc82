import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ComparisonBets, type Counts } from '../kernel/growth.ts';
import { HIGHEST_RATIO, LOWEST_RATIO, RatioEvidence, ratioAt } from './ratio-evidence.ts';

const FACTORS = [1, 2, 3, 5, 8, 12, 18, 27];
const arm = fc.tuple(fc.integer({ min: 1, max: 5_000 }), fc.double({ min: 0, max: 1, noNaN: true }));
const counts: fc.Arbitrary<Counts> = fc.tuple(arm, arm).map(([[newUnits, fresh], [oldUnits, old]]) => {
  return { newUnits, newBad: Math.floor(newUnits * fresh ** 4), oldUnits, oldBad: Math.floor(oldUnits * old ** 4) };
});
const seconds = fc.array(counts, { minLength: 1, maxLength: 20, size: 'max' });
const ratio = fc.integer({ min: LOWEST_RATIO, max: HIGHEST_RATIO });
const side = fc.constantFrom(1 as const, -1 as const);

function evidenceOf(all: readonly Counts[], dispersion: number): RatioEvidence {
  const evidence = new RatioEvidence(dispersion);
  for (const each of all) evidence.add(each);
  return evidence;
}

it('is what the bets of a comparison come to, for any ratio, side and dispersion', () => {
  const dispersions = fc.constantFrom(1, 2.5);
  const asked = fc.property(seconds, ratio, side, dispersions, (all, step, which, dispersion) => {
    const grid = FACTORS.map((factor) => ({ factor: ratioAt(which * factor), share: 1 / FACTORS.length }));
    const bets = new ComparisonBets(grid, { ratio: ratioAt(step), points: 0, dispersion });
    const logs = grid.map(() => 0);
    for (const each of all) for (const [k, log] of bets.on(each).entries()) logs[k] = (logs[k] ?? 0) + log;
    const high = Math.max(...logs);
    const wanted = high + Math.log(logs.reduce((sum, log) => sum + Math.exp(log - high), 0) / logs.length);
    const found = evidenceOf(all, dispersion).that(which, step);
    expect(Math.abs(found - wanted)).toBeLessThan(1e-9 * (1 + Math.abs(wanted)));
  });
  fc.assert(asked);
});

it('is more for being above a lower ratio and for being below a higher one, in every stream', () => {
  const asked = fc.property(seconds, ratio, (all, step) => {
    const evidence = evidenceOf(all, 1);
    fc.pre(step < HIGHEST_RATIO);
    const slack = 1e-9 * (1 + Math.abs(evidence.that(1, step)) + Math.abs(evidence.that(-1, step)));
    expect(evidence.that(1, step)).toBeGreaterThanOrEqual(evidence.that(1, step + 1) - slack);
    expect(evidence.that(-1, step)).toBeLessThanOrEqual(evidence.that(-1, step + 1) + slack);
  });
  fc.assert(asked);
});
