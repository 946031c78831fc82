import { describe, expect, it } from 'vitest';
import { countOf, quantileOf, upperEdge } from './histogram.ts';
import { bucketHolding } from './testing/inputs.ts';

describe('upperEdge', () => {
  it.each([
    [31, 2],
    [63, 4],
    [319, 1024],
    [543, 131_072],
  ])('of bucket %i is %d ms', (bucket, edge) => {
    expect(upperEdge(bucket)).toBeCloseTo(edge, 6);
  });

  it('is at most 2.2 % above any latency of its bucket', () => {
    for (let milliseconds = 1.01; milliseconds < 100_000; milliseconds *= 1.37) {
      const edge = upperEdge(bucketHolding(milliseconds));
      expect(edge).toBeGreaterThanOrEqual(milliseconds);
      expect(edge / milliseconds).toBeLessThan(1.022);
    }
  });
});

describe('countOf', () => {
  it.each([
    ['an empty histogram', {}, 0],
    ['two buckets', { 10: 3, 200: 4 }, 7],
    ['a negative count', { 10: -1 }, null],
    ['a count that is not a number', { 10: Number.NaN }, null],
    ['a bucket past the last', { 544: 1 }, null],
    ['a negative bucket', { [-1]: 1 }, null],
    ['a bucket that is no whole number', { 1.5: 1 }, null],
  ])('%s', (_, histogram, expected) => {
    expect(countOf(histogram)).toBe(expected);
  });
});

describe('quantileOf', () => {
  const hundred = Object.fromEntries(Array.from({ length: 100 }, (_, bucket) => [bucket, 1]));

  it.each([
    [0.5, 49],
    [0.95, 94],
    [0.99, 98],
    [0.07, 6],
    [0.001, 0],
    [1, 99],
  ])('q %d of a hundred in a hundred buckets lies in bucket %i', (q, bucket) => {
    expect(quantileOf(hundred, q)).toBe(upperEdge(bucket));
  });

  it('passes over empty buckets', () => {
    expect(quantileOf({ 5: 0, 100: 10, 200: 0 }, 1)).toBe(upperEdge(100));
  });

  it.each([
    ['nothing was counted', {}, 0.5],
    ['only zeros were counted', { 4: 0 }, 0.5],
    ['q is 0', { 4: 1 }, 0],
    ['q is above 1', { 4: 1 }, 1.01],
    ['q is not a number', { 4: 1 }, Number.NaN],
    ['a count is broken', { 4: 1, 5: Number.POSITIVE_INFINITY }, 0.5],
  ])('is null where %s', (_, histogram, q) => {
    expect(quantileOf(histogram, q)).toBeNull();
  });
});
