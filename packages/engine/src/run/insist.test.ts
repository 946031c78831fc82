import { expect, test } from 'vitest';
import { done } from '../handlers/handler.ts';
import type { LaunchStore } from '../ports/launch-store.ts';
import { StorageError } from '../store/storage-error.ts';
import { EFFECT, LAUNCH, WorkerWorld } from '../testing/worker-world.ts';

test('an outcome is kept for as long as the disk is full, shown as unrecorded, and recorded then', async () => {
  await using world = await WorkerWorld.create();
  let full = false;
  const onFullDisk = (store: LaunchStore): LaunchStore => ({
    ...store,
    append: async (append) => {
      if (full) throw new StorageError('full', 'The disk is full.');
      await store.append(append);
    },
  });
  let [runs, verified] = [0, 0];
  const command = {
    run: async () => {
      runs += 1;
      full = true;
      return done('migrated');
    },
    verify: async () => {
      verified += 1;
      return { done: 'unknown' as const, reason: 'nobody knows' };
    },
    idempotent: () => false,
  };
  const process = await world.process(command, onFullDisk);
  await world.start(process);
  await world.pass(10 * 60_000);
  await world.settle();
  expect(Object.values(process.hub.live(LAUNCH).activity)).toMatchObject([
    { text: expect.stringContaining('recorded') },
  ]);
  full = false;
  await world.pass(2_000);
  await world.settle();
  expect([runs, verified, (await world.launch(process)).effects[EFFECT]]).toMatchObject([
    1,
    0,
    { is: 'settled', attempt: 1, outcome: { result: 'done' } },
  ]);
});
