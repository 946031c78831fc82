import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_WEIGHT, bucketOf } from './bucket.ts';

const exact = (hash: number, total: number): number => Number((BigInt(hash) * BigInt(total)) >> 32n);

describe('bucketOf', () => {
  it.each([
    [0, 100, 0],
    [0xffffffff, 100, 99],
    [0x7fffffff, 100, 49],
    [0x80000000, 100, 50],
    [0xffffffff, MAX_WEIGHT, 2147483646],
    [123, 0, 0],
  ])('puts hash %d of %d into %d', (hash, total, bucket) => {
    expect(bucketOf(hash, total)).toBe(bucket);
  });

  it('is (hash * total) >> 32 exactly', () => {
    const hash = fc.oneof(fc.integer({ min: 0, max: 0xffffffff }), fc.constantFrom(0, 1, 0xffff, 0x10000, 0xffffffff));
    const total = fc.oneof(fc.integer({ min: 0, max: MAX_WEIGHT }), fc.constantFrom(1, 3, 100, MAX_WEIGHT));
    fc.assert(
      fc.property(hash, total, (h, t) => bucketOf(h, t) === exact(h, t)),
      { numRuns: 5000 },
    );
  });
});
