import { describe, expect, it } from 'vitest';
import { ShardWindows } from './shard-windows.ts';

const second = (fresh: readonly number[], old: readonly number[]) => {
  const arm = (bad: readonly number[]) => ({ units: bad.map(() => 10), bad });
  return { new: arm(fresh), old: arm(old) };
};

describe('shards, window by window', () => {
  it('adds up the seconds of a window', () => {
    const windows = new ShardWindows({ window: 2, atMost: 9, rest: 0 });
    expect(windows.add(second([1], [0, 2]))).toBe(null);
    const closed = windows.add(second([3], [1, 0]));
    expect(closed).toEqual({ new: { bad: [4], size: 20 }, old: { bad: [1, 2], size: 20 } });
  });

  it('leaves out a shard that was in alarm until its rest is over, whatever it does meanwhile', () => {
    const windows = new ShardWindows({ window: 1, atMost: 0, rest: 2 });
    const seen = [5, 1, 1, 0, 2].map((bad) => windows.add(second([bad], [0]))?.new.bad[0]);
    expect(seen).toEqual([5, null, null, 0, 2]);
  });

  it('leaves out a shard that nobody asked', () => {
    const windows = new ShardWindows({ window: 1, atMost: 0, rest: 0 });
    const idle = { units: [0, 10], bad: [0, 0] };
    expect(windows.add({ new: { units: [10], bad: [0] }, old: idle })?.old.bad).toEqual([null, 0]);
  });

  it('drops the window that has begun when an arm gets other shards', () => {
    const windows = new ShardWindows({ window: 2, atMost: 0, rest: 60 });
    windows.add(second([7], [7, 7]));
    expect(windows.add(second([1, 0], [1]))).toBe(null);
    expect(windows.add(second([1, 0], [1]))).toEqual({ new: { bad: [2, 0], size: 20 }, old: { bad: [2], size: 20 } });
  });
});
