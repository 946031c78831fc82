import { expect, test } from 'vitest';
import { Random } from './random.ts';

const take = (seed: number, count: number) => {
  const random = new Random(seed);
  return Array.from({ length: count }, () => random.next());
};

test('a seed always gives the same numbers, another seed gives others', () => {
  expect(take(7, 5)).toEqual(take(7, 5));
  expect(new Set([1, 2, 3, 2 ** 31, 0].map((seed) => take(seed, 1)[0])).size).toBe(5);
});

test('numbers fill the unit interval evenly', () => {
  const buckets = Array.from({ length: 10 }, () => 0);
  for (const x of take(42, 20_000)) buckets[Math.floor(x * 10)] = (buckets[Math.floor(x * 10)] ?? 0) + 1;
  for (const count of buckets) expect(Math.abs(count - 2_000)).toBeLessThan(200);
});

test('int includes both ends', () => {
  const random = new Random(1);
  const seen = new Set(Array.from({ length: 200 }, () => random.int(3, 5)));
  expect([...seen].toSorted((a, b) => a - b)).toEqual([3, 4, 5]);
});

test('weighted follows the weights and never picks a zero', () => {
  const random = new Random(1);
  const counts = { often: 0, seldom: 0, never: 0 };
  for (let i = 0; i < 10_000; i += 1) counts[random.weighted({ often: 9, seldom: 1, never: 0 })] += 1;
  expect(counts.never).toBe(0);
  expect(Math.abs(counts.seldom - 1_000)).toBeLessThan(150);
});

test('nothing to pick from is an error', () => {
  expect(() => new Random(1).pick([])).toThrow('nothing to pick from');
});
