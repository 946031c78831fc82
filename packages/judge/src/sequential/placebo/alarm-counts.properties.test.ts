import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { REFERENCE_DESIGN } from '../kernel/design.ts';
import { ComparisonBets } from '../kernel/growth.ts';
import { alarmCounts } from './alarm-counts.ts';

const { up, down } = REFERENCE_DESIGN;
const STRICT = { ratio: 1, points: 0 };
/** What rounding adds to sums of a few dozen terms. */
const ROUNDING = 1e-9;

/** Every way to take so many of the numbers. */
function choices(all: readonly number[], count: number): readonly (readonly number[])[] {
  if (count === 0) return [[]];
  return all.flatMap((one, at) => choices(all.slice(at + 1), count - 1).map((rest) => [one, ...rest]));
}

const someBad = fc.array(fc.nat(6), { minLength: 2, maxLength: 8 });
const aWindow = someBad.chain((bad) => fc.tuple(fc.constant(bad), fc.integer({ min: 1, max: bad.length - 1 })));
const size = 100;

describe('a bet on the alarms of shards', () => {
  it('gains nothing on average when each of the shards might as well have been the new one, however unlike they are', () => {
    const asked = fc.property(aWindow, fc.nat(4), fc.constantFrom(up, down), ([bad, count], atMost, grid) => {
      const bets = new ComparisonBets(grid, { ...STRICT, dispersion: 1 });
      const ways = choices([...bad.keys()], count);
      const mean = new Float64Array(grid.length);
      for (const way of ways) {
        const fresh = bad.filter((_, shard) => way.includes(shard));
        const old = bad.filter((_, shard) => !way.includes(shard));
        const counts = alarmCounts({ new: { bad: fresh, size }, old: { bad: old, size } }, atMost, STRICT);
        expect(counts).not.toBe(null);
        if (counts === null) continue;
        for (const [k, log] of bets.on(counts).entries()) mean[k] = (mean[k] ?? 0) + Math.exp(log) / ways.length;
      }
      expect(Math.max(...mean)).toBeLessThanOrEqual(1 + ROUNDING);
    });
    fc.assert(asked);
  });

  it('counts an arm of larger shards as if they were of the size of the other', () => {
    // Of 4 bad units each is kept with a chance of 1/2: none is left in 1 of 16 draws.
    const counts = alarmCounts({ new: { bad: [4], size: 2 * size }, old: { bad: [4, 0], size } }, 0, STRICT);
    expect(counts).toEqual({ newUnits: 1, newBad: 1 - 1 / 16, oldUnits: 2, oldBad: 1 });
  });

  it('makes the old version worse by what the margin allows', () => {
    const window = { new: { bad: [1], size }, old: { bad: [0, 0], size } };
    const counts = alarmCounts(window, 0, { ratio: 1, points: 0.001 });
    expect(counts?.oldBad).toBeCloseTo(2 * (1 - Math.exp(-0.001 * size)), 12);
  });

  it('says nothing where all shards of an arm rest', () => {
    expect(alarmCounts({ new: { bad: [null], size }, old: { bad: [0], size } }, 0, STRICT)).toBe(null);
  });
});
