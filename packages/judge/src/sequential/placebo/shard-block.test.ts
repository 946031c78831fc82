import { expect, test } from 'vitest';
import { ShardBlock } from './shard-block.ts';

const reading = (fresh: number, old: number, bad = 0) => ({
  new: { units: [fresh], bad: [bad] },
  old: { units: [old, old], bad: [0, 0] },
});

test('a look in which both versions answered is one block', () => {
  expect(new ShardBlock().add(reading(1, 2))).toEqual(reading(1, 2));
});

test('looks wait for the version that has answered nothing', () => {
  const block = new ShardBlock();
  expect([block.add(reading(0, 2)), block.add(reading(0, 3)), block.add(reading(4, 0, 1))]).toEqual([
    null,
    null,
    reading(4, 5, 1),
  ]);
  expect(block.add(reading(1, 1))).toEqual(reading(1, 1));
});

test('what one version did alone for ten looks is dropped, and goes through its state until then', () => {
  const block = new ShardBlock();
  for (let look = 0; look < 9; look += 1) block.add(reading(5, 0, 5));
  const other = new ShardBlock();
  other.restore(block.state());
  expect(other.add(reading(0, 1))).toEqual(reading(45, 1, 45));
  block.add(reading(5, 0, 5));
  expect(block.add(reading(1, 1))).toEqual(reading(1, 1));
});
