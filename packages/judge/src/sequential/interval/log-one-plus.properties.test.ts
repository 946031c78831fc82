import fc from 'fast-check';
import { expect, it } from 'vitest';
import { LOG_STEP, LogOnePlus } from './log-one-plus.ts';

const [LOWEST, HIGHEST] = [-45, 63];
const LOGS = new LogOnePlus(LOWEST, HIGHEST);

/** From splits that the table is for to those far beyond it. */
const split = fc.double({ min: -30, max: 30, noNaN: true }).map((log) => Math.exp(log));

it('is the logarithm to 12 digits, at every place, for any split', () => {
  const asked = fc.property(split, fc.integer({ min: 1, max: 1_000 }), (ratio, times) => {
    const sums = new Float64Array(HIGHEST - LOWEST + 1).fill(7);
    LOGS.addTo(sums, ratio, times);
    for (const [k, sum] of sums.entries()) {
      const wanted = 7 + times * Math.log1p(ratio * Math.exp((LOWEST + k) * LOG_STEP));
      expect(Math.abs(sum - wanted)).toBeLessThan(1e-12 * (times + wanted));
    }
  });
  fc.assert(asked, { numRuns: 300 });
});
