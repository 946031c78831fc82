import { expect, test } from 'vitest';
import { ShardSlots } from './shard-slots.ts';

const shards = (...each: readonly (readonly [string, number])[]) => ({
  names: each.map(([name]) => name),
  units: each.map(([, units]) => units),
  bad: each.map(([, units]) => units / 10),
});

test('each shard keeps its place, whoever else is there', () => {
  const slots = new ShardSlots();
  expect(slots.place(shards(['b', 20], ['d', 40])).units).toEqual([20, 40]);
  expect(slots.place(shards(['a', 10], ['b', 20], ['d', 40]))).toEqual({ units: [20, 40, 10], bad: [2, 4, 1] });
});

test('one that has gone leaves its place empty until another takes it', () => {
  const slots = new ShardSlots();
  slots.place(shards(['a', 10], ['b', 20], ['c', 30]));
  expect(slots.place(shards(['a', 10], ['c', 30])).units).toEqual([10, 0, 30]);
  expect(slots.place(shards(['a', 10], ['c', 30], ['e', 50])).units).toEqual([10, 50, 30]);
  expect(slots.place(shards(['a', 10], ['b', 20], ['e', 50])).units).toEqual([10, 50, 20]);
});
