import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RequestRate } from './request-rate.ts';

describe('RequestRate', () => {
  it('lets ten seconds’ worth through in ten seconds, and says when to come again', () => {
    const rate = new RequestRate(0.3);
    expect([0, 1, 9_999].map((now) => rate.waitFor('ada', now))).toEqual([0, 0, 0]);
    expect(rate.waitFor('ada', 4_000)).toBe(6);
    expect(rate.waitFor('bob', 9_999)).toBe(0);
    expect(rate.waitFor('ada', 10_000)).toBe(0);
  });

  it('never lets more through in a window, nor makes anybody wait for longer than one', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5 }), fc.array(fc.nat(30_000), { maxLength: 200 }), (perSecond, times) => {
        const rate = new RequestRate(perSecond);
        const through = new Map<number, number>();
        for (const now of times.toSorted((a, b) => a - b)) {
          const wait = rate.waitFor('x', now);
          const window = Math.floor(now / 10_000);
          if (wait === 0) through.set(window, (through.get(window) ?? 0) + 1);
          expect(wait).toBeLessThanOrEqual(10);
        }
        for (const count of through.values()) expect(count).toBeLessThanOrEqual(perSecond * 10);
      }),
    );
  });

  it('has an end to what it remembers: names beyond it share one count', () => {
    const rate = new RequestRate(1);
    for (let name = 0; name < 100_000; name += 1) rate.waitFor(`name ${name}`, 0);
    for (let name = 0; name < 10; name += 1) expect(rate.waitFor(`late ${name}`, 0)).toBe(0);
    expect(rate.waitFor('one more', 0)).toBe(10);
    expect(rate.waitFor('name 1', 0)).toBe(0);
  });
});
