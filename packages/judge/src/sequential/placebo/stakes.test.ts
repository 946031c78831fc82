import fc from 'fast-check';
import { expect, test } from 'vitest';
import { EARLY, Stakes } from './stakes.ts';

test('what was taken and what waits is always 1 in all', () => {
  const asked = fc.property(fc.array(fc.boolean(), { maxLength: 60 }), (takings) => {
    const stakes = new Stakes();
    let taken = 0;
    for (const isSpan of takings) {
      const stake = isSpan ? stakes.takeForSpan() : stakes.takeForLater();
      expect(stake).toBeGreaterThan(0);
      taken += stake;
    }
    expect(taken + stakes.left).toBeCloseTo(1, 12);
  });
  fc.assert(asked);
});

test('most of it is for the first shards, and others get a part that falls slowly', () => {
  const stakes = new Stakes();
  const taken = Array.from({ length: 9 }, () => stakes.takeForSpan());
  expect(taken[0]).toBe(EARLY);
  expect(taken[1]).toBeCloseTo(0.05, 12);
  expect(taken[8]).toBeGreaterThan(0.001);
});

test('goes on from its state', () => {
  const [stakes, other] = [new Stakes(), new Stakes()];
  stakes.takeForSpan();
  stakes.takeForLater();
  other.restore(stakes.state());
  expect([other.takeForSpan(), other.takeForLater()]).toEqual([stakes.takeForSpan(), stakes.takeForLater()]);
});
