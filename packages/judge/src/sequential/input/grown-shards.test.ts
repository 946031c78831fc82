import { expect, test } from 'vitest';
import { grownShards } from './grown-shards.ts';
import { readSecond } from './read-second.ts';
import { LONGEST, reading, totals } from './testing/readings.ts';

const shard = (name: string, units: number, bad = 0) => ({ name, units, bad });

test('each instance did what its counters grew by, in the order of their names', () => {
  const before = [shard('b', 100, 1), shard('a', 50)];
  expect(grownShards(before, [shard('a', 60, 2), shard('b', 105, 1)])).toEqual({
    names: ['a', 'b'],
    units: [10, 5],
    bad: [2, 0],
  });
});

test('one that came meanwhile counts from the next reading on, and one that has gone no longer', () => {
  const [first, second] = [
    [shard('a', 5), shard('b', 5)],
    [shard('b', 9), shard('c', 700, 7)],
  ];
  expect(grownShards(first, second)).toEqual({ names: ['b'], units: [4], bad: [0] });
  expect(grownShards(second, [shard('b', 9), shard('c', 710, 7)])).toEqual({
    names: ['b', 'c'],
    units: [0, 10],
    bad: [0, 0],
  });
});

test('an instance whose counters fell has begun again', () => {
  expect(grownShards([shard('a', 5, 1)], [shard('a', 4, 1)])).toBe('restarted');
  expect(grownShards([shard('a', 5, 1)], [shard('a', 9, 0)])).toBe('restarted');
});

test('there are never more bad ones than came', () => {
  expect(grownShards([shard('a', 5)], [shard('a', 6, 3)])).toEqual({ names: ['a'], units: [1], bad: [1] });
});

test('a second has instances where both versions tell them apart', () => {
  const sharded = (units: number) => ({ ...totals(units), shards: [shard('a', units)] });
  const of = (old: ReturnType<typeof totals>, later: ReturnType<typeof totals>) =>
    readSecond(reading(0, sharded(1), old), reading(1, sharded(4), later), LONGEST).second;
  expect(of(sharded(10), sharded(20))).toMatchObject({ shards: { new: { units: [3] }, old: { units: [10] } } });
  expect(of(totals(10), totals(20))).toMatchObject({ is: 'known', shards: null });
});

test.each([NaN, -1, Infinity])('an instance that counts %d tells nothing', (bad) => {
  const broken = { ...totals(5), shards: [shard('a', 5, bad)] };
  expect(readSecond(null, reading(0, broken, totals(5)), LONGEST).second).toMatchObject({ is: 'unknown', arm: 'new' });
});
