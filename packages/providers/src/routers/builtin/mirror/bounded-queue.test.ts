import { setImmediate as turn } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { BoundedQueue } from './bounded-queue.ts';

/** A queue whose items run until they are let go. */
function stage(maxRunning: number, maxWaiting: number) {
  const running = new Map<number, () => void>();
  const run = async (item: number): Promise<void> => {
    const { promise, resolve } = Promise.withResolvers<void>();
    running.set(item, resolve);
    await promise;
    running.delete(item);
    if (item === 0) throw new Error('an item fails');
  };
  return { queue: new BoundedQueue(run, maxRunning, maxWaiting), running };
}

it('runs so many, keeps so many, and refuses the rest', async () => {
  const { queue, running } = stage(2, 3);
  expect([0, 1, 2, 3, 4, 5, 6].map((item) => queue.offer(item))).toEqual([true, true, true, true, true, false, false]);
  await turn();
  expect([...running.keys()]).toEqual([0, 1]);
});

it('goes on in order when one ends, also when it fails', async () => {
  const { queue, running } = stage(1, 2);
  for (const item of [0, 1, 2]) queue.offer(item);
  for (const item of [0, 1, 2]) {
    await expect.poll(() => [...running.keys()]).toEqual([item]);
    running.get(item)?.();
  }
  await expect.poll(() => running.size).toBe(0);
  expect(queue.offer(3)).toBe(true);
});

it('begins nothing before whoever offers has gone on', async () => {
  const { queue, running } = stage(1, 1);
  queue.offer(1);
  await Promise.resolve();
  expect(running.size).toBe(0);
  await turn();
  expect(running.size).toBe(1);
});

it('gives back what waits when it is cleared', async () => {
  const { queue, running } = stage(1, 2);
  for (const item of [1, 2, 3]) queue.offer(item);
  expect(queue.clear()).toEqual([2, 3]);
  await turn();
  running.get(1)?.();
  await expect.poll(() => running.size).toBe(0);
  await turn();
  expect(running.size).toBe(0);
});
