import { describe, expect, it } from 'vitest';
import { randomWords } from '../reference/random-words.ts';
import { clusteringOf, RESTS_NOW } from './clustering.ts';

const WINDOWS = 240;
const SHARDS = 40;

/** `chance`: of an alarm, by shard; `length`: windows for which an alarm, or none, goes on. */
function alarmsOf({ chance, length }: { readonly chance: (shard: number) => number; readonly length: number }) {
  const next = randomWords(5);
  let now = new Int8Array(SHARDS);
  return Array.from({ length: WINDOWS }, (_, window) => {
    if (window % length === 0) now = Int8Array.from(now, (__, shard) => Number(next() / 2 ** 32 < chance(shard)));
    return now;
  });
}

describe('by how much alarms come together', () => {
  it('is 1, but for chance, where windows have nothing to do with each other', () => {
    expect(clusteringOf(alarmsOf({ chance: () => 0.2, length: 1 }), WINDOWS)).toBeLessThan(1.3);
  });

  it('is the number of windows for which an alarm goes on', () => {
    const found = clusteringOf(alarmsOf({ chance: () => 0.2, length: 4 }), WINDOWS);
    expect(found).toBeGreaterThan(3.5);
    expect(found).toBeLessThan(6);
  });

  it('grows with the time to be watched where some shards are worse for good', () => {
    const alarms = alarmsOf({ chance: (shard) => (shard < 4 ? 0.6 : 0.1), length: 1 });
    const [short, long] = [clusteringOf(alarms, WINDOWS), clusteringOf(alarms, 6 * WINDOWS)];
    expect(short).toBeGreaterThan(3);
    expect(long).toBeGreaterThan(3 * short);
  });

  it('is 1 where nothing is known', () => {
    expect(clusteringOf([], 10)).toBe(1);
    expect(clusteringOf([Int8Array.of(RESTS_NOW, RESTS_NOW)], 10)).toBe(1);
    expect(clusteringOf([Int8Array.of(0, 0), Int8Array.of(0, 0)], 10)).toBe(1);
  });
});
