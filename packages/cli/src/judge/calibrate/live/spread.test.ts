import fc from 'fast-check';
import { expect, test } from 'vitest';
import { spread } from './spread.ts';

test.each([
  [{ units: 10, bad: 1 }, 1, [[10, 1]]],
  [
    { units: 0, bad: 0 },
    2,
    [
      [0, 0],
      [0, 0],
    ],
  ],
  [
    { units: 7, bad: 2 },
    3,
    [
      [2, 0],
      [2, 1],
      [3, 1],
    ],
  ],
])('spreads %j over %i seconds', (counted, seconds, expected) => {
  expect(spread(counted, seconds).map(({ units, bad }) => [units, bad])).toEqual(expected);
});

test('loses nothing, is even, and has bad ones only where there are units', () => {
  const counted = fc
    .nat(10_000)
    .chain((units) => fc.record({ units: fc.constant(units), bad: fc.integer({ min: 0, max: units }) }));
  fc.assert(
    fc.property(counted, fc.integer({ min: 1, max: 60 }), ({ units, bad }, seconds) => {
      const each = spread({ units, bad }, seconds);
      expect(each).toHaveLength(seconds);
      expect(each.reduce((sum, second) => sum + second.units, 0)).toBe(units);
      expect(each.reduce((sum, second) => sum + second.bad, 0)).toBe(bad);
      for (const second of each) {
        expect(second.bad).toBeGreaterThanOrEqual(0);
        expect(second.bad).toBeLessThanOrEqual(second.units);
        expect(Math.abs(second.units - units / seconds)).toBeLessThan(1);
      }
    }),
  );
});
