import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bucketOf, Histogram } from './histogram.ts';

describe('bucketOf', () => {
  it.each([
    [0, 0],
    [0.4, 0],
    [1, 0],
    [1.01, 0],
    [2 ** (1 / 32) + 1e-9, 1],
    [2, 31],
    [2.001, 32],
    [4, 63],
    [1_024, 319],
    [30_000, 475],
    [2 ** 17, 543],
    [2 ** 17 + 1, 543],
    [1e12, 543],
    [Infinity, 543],
    [-1, 0],
    [Number.NaN, 0],
  ])('%d ms is bucket %i', (milliseconds, bucket) => {
    expect(bucketOf(milliseconds)).toBe(bucket);
  });

  it('holds (2^(i/32), 2^((i+1)/32)] ms', () => {
    fc.assert(
      fc.property(fc.double({ min: 1.001, max: 2 ** 17, noNaN: true }), (milliseconds) => {
        const bucket = bucketOf(milliseconds);
        // A power of two to the 32nd is not exact in floating point, so its neighbourhood is left out.
        expect(milliseconds).toBeGreaterThan(2 ** (bucket / 32) * (1 - 1e-12));
        expect(milliseconds).toBeLessThanOrEqual(2 ** ((bucket + 1) / 32) * (1 + 1e-12));
      }),
    );
  });
});

describe('Histogram', () => {
  it('counts by bucket and gives a copy', () => {
    const histogram = new Histogram();
    for (const milliseconds of [0.5, 1, 2, 2, 1e9]) histogram.record(milliseconds);
    const first = histogram.read();
    expect(first).toEqual({ 0: 2, 31: 2, 543: 1 });
    histogram.record(1);
    expect(first).toEqual({ 0: 2, 31: 2, 543: 1 });
  });

  it('is bounded', () => {
    const histogram = new Histogram();
    for (let exponent = -50; exponent < 200; exponent += 0.01) histogram.record(2 ** exponent);
    expect(Object.keys(histogram.read())).toHaveLength(544);
  });
});
