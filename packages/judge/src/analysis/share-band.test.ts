import { describe, expect, it, test } from 'vitest';
import { randomWords } from '../sequential/reference/random-words.ts';
import { shareBand } from './share-band.ts';

describe('the band of a share', () => {
  it.each([
    [0, 0, 0, 1],
    [0, 100, 0, 0.0733],
    [100, 100, 0.9267, 1],
  ])('with %i bad of %i is %f to %f', (bad, units, low, high) => {
    const band = shareBand(bad, units, 0.05);
    expect(band?.low).toBeCloseTo(low, 4);
    expect(band?.high).toBeCloseTo(high, 4);
  });

  it('is what the mixture says where it can be told by hand', () => {
    // With no bad one of n: (1 - p)^n (n + 1) = miss, so p = 1 - (miss / (n + 1))^(1/n).
    for (const units of [1, 7, 50, 1_000])
      expect(shareBand(0, units, 0.05)?.high).toBeCloseTo(1 - (0.05 / (units + 1)) ** (1 / units), 9);
  });

  it('narrows with the counts and holds the estimate', () => {
    const widths = [10, 100, 1_000, 10_000].map((units) => {
      const band = shareBand(units / 10, units, 0.05) ?? { low: 0, high: 0 };
      expect(band.low).toBeLessThan(0.1);
      expect(band.high).toBeGreaterThan(0.1);
      return band.high - band.low;
    });
    expect(widths).toEqual(widths.toSorted((one, other) => other - one));
    expect(widths.at(-1)).toBeLessThan(0.03);
  });

  it('stays a band for counts as large as numbers hold exactly', () => {
    const band = shareBand(4e15, 8e15, 0.05);
    expect(band?.low).toBeCloseTo(0.5, 6);
    expect(band?.high).toBeCloseTo(0.5, 6);
  });

  it.each([
    [-1, 5],
    [6, 5],
    [Number.NaN, 5],
    [1, Number.POSITIVE_INFINITY],
  ])('is none for %f of %f', (bad, units) => {
    expect(shareBand(bad, units, 0.05)).toBeNull();
  });
});

test('in 400 runs of 400 looks the share leaves its band in no more than the binomial bound of 5 %', () => {
  const next = randomWords(7);
  const share = 0.02;
  let missed = 0;
  for (let run = 0; run < 400; run += 1) {
    let bad = 0;
    for (let units = 10, isIn = true; units <= 4_000 && isIn; units += 10) {
      for (let unit = 0; unit < 10; unit += 1) if (next() / 2 ** 32 < share) bad += 1;
      const band = shareBand(bad, units, 0.05);
      if (band !== null && (band.low > share || band.high < share)) isIn = false;
      if (!isIn) missed += 1;
    }
  }
  // More than 33 of 400 have a chance of under 0.1 % at 5 %.
  expect(missed).toBeLessThanOrEqual(33);
});
