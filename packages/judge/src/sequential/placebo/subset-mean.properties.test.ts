import fc from 'fast-check';
import { expect, test } from 'vitest';
import { logMeanOfSubsets } from './subset-mean.ts';

const scoresUpTo = (most: number) =>
  fc.array(fc.double({ min: -most, max: most, noNaN: true }), { minLength: 1, maxLength: 8 });
const drawn = (most: number) =>
  scoresUpTo(most).chain((scores) => fc.tuple(fc.constant(scores), fc.integer({ min: 1, max: scores.length })));

/** By going through all of them. */
function listed(scores: readonly number[], size: number): number {
  const subsets = Array.from({ length: 2 ** scores.length }, (_, bits) =>
    scores.filter((__, index) => (bits >> index) % 2 === 1),
  ).filter(({ length }) => length === size);
  const sums = subsets.map((subset) => subset.reduce((sum, score) => sum + score, 0));
  const high = Math.max(...sums);
  return high + Math.log(sums.reduce((sum, each) => sum + Math.exp(each - high), 0) / sums.length);
}

test.each([5, 2_000])('is the mean over all subsets, with scores up to %d', (most) => {
  fc.assert(
    fc.property(drawn(most), ([scores, size]) => {
      const expected = listed(scores, size);
      expect(Math.abs(logMeanOfSubsets(Float64Array.from(scores), size) - expected)).toBeLessThan(
        1e-9 * (1 + Math.abs(expected)),
      );
    }),
  );
});

test('is the same in whichever order the shards are', () => {
  fc.assert(
    fc.property(drawn(50), ([scores, size]) => {
      const turned = Float64Array.from(scores.toReversed());
      expect(logMeanOfSubsets(turned, size)).toBeCloseTo(logMeanOfSubsets(Float64Array.from(scores), size), 9);
    }),
  );
});

test('holds where a thousand shards are worlds apart', () => {
  const scores = Float64Array.from({ length: 1_000 }, (_, shard) => (shard < 500 ? 1e4 : -1e4));
  // One subset outweighs all others: the best one, of so many that there are.
  const subsets = Array.from({ length: 500 }, (_, at) => Math.log((1_000 - at) / (500 - at))).reduce(
    (a, b) => a + b,
    0,
  );
  expect(logMeanOfSubsets(scores, 500)).toBeCloseTo(5e6 - subsets, 3);
});
