import { expect, test } from 'vitest';
import type { LaunchStore } from '../ports/launch-store.ts';
import { EFFECT, WorkerWorld } from '../testing/worker-world.ts';

/** Holds every append that says so back until the door opens. */
function heldUp(event: string, door: Promise<void>): (store: LaunchStore) => LaunchStore {
  return (store) => ({
    ...store,
    append: async (append) => {
      await store.append(append);
      if (append.events.some((each) => each.event.type === event)) await door;
    },
  });
}

test('a shutdown does not cut what is being written down as begun: it runs, and its outcome is recorded', async () => {
  await using world = await WorkerWorld.create();
  const door = Promise.withResolvers<void>();
  let runs = 0;
  const command = {
    run: async () => {
      runs += 1;
      return { evidence: { summary: 'done', items: [] }, data: { kind: 'none' as const } };
    },
    verify: () => Promise.reject(new Error('nobody asks')),
    idempotent: () => false,
  };
  const process = await world.process(command, heldUp('effect-started', door.promise));
  await world.begin(process);
  await process.queue.start((work, lost) => process.worker.handle(work, lost));
  await world.settle();
  expect(runs).toBe(0);
  const drained = process.worker.drain(5_000);
  await world.settle();
  door.resolve();
  await drained;
  await world.settle();
  const state = (await world.launch(process)).effects[EFFECT];
  expect([runs, state]).toMatchObject([1, { is: 'settled', outcome: { result: 'done' } }]);
});
