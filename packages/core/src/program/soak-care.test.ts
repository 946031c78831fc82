import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextTick, ticksDue } from './soak-care.ts';

const HOUR = 3_600_000;
const TIERS = [
  { every: HOUR / 6, until: 6 * HOUR },
  { every: HOUR / 2, until: 24 * HOUR },
  { every: 2 * HOUR, until: 48 * HOUR },
];

describe('what falls due in tiers', () => {
  it.each([
    [0, 0, HOUR / 6],
    [HOUR / 6 - 1, 0, HOUR / 6],
    [HOUR / 6, 1, HOUR / 3],
    [6 * HOUR, 36, 6.5 * HOUR],
    [24 * HOUR, 72, 26 * HOUR],
    [48 * HOUR, 84, null],
    [100 * HOUR, 84, null],
  ])('after %i ms: %i times, next at %j', (passed, ticks, next) => {
    expect([ticksDue(TIERS, passed), nextTick(TIERS, passed)]).toEqual([ticks, next]);
  });

  it('the next time is always ahead, and is the next one that counts', () => {
    const tiers = fc
      .array(fc.record({ every: fc.integer({ min: 1, max: 50 }), length: fc.integer({ min: 1, max: 200 }) }), {
        minLength: 1,
        maxLength: 5,
      })
      .map((list) => {
        let until = 0;
        return list.map(({ every, length }) => ({ every, until: (until += length) }));
      });
    fc.assert(
      fc.property(tiers, fc.integer({ min: 0, max: 1_000 }), (of, passed) => {
        const end = of.at(-1)?.until ?? 0;
        const next = nextTick(of, passed) ?? Number.NaN;
        expect(Number.isNaN(next)).toBe(passed >= end);
        fc.pre(passed < end);
        expect(next).toBeGreaterThan(passed);
        expect(ticksDue(of, next)).toBe(ticksDue(of, passed) + 1);
        expect(ticksDue(of, next - 1)).toBe(ticksDue(of, passed));
      }),
    );
  });
});
