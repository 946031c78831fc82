import { createRedactor, RetryableError } from '@slipway/provider-kit';
import { expect, test } from 'vitest';
import { createEngine } from './engine.ts';
import { createLaunchStore } from './store/launch-store.ts';
import { createMemoryWorld } from './testing/sqlite-world.ts';
import { ADA, handlersFor, planOf, STEP } from './testing/worker-world.ts';

const HOUR = 3_600_000;
/** Within which a set clock is noticed, in milliseconds. */
const NOTICED = 16_000;

test.each([HOUR, -HOUR])('a launch that waits to try again goes on, though the clock is set by %d', async (by) => {
  await using world = await createMemoryWorld();
  const queue = await world.open();
  const { leases, clock, database } = world;
  let runs = 0;
  const handlers = handlersFor({
    run: async () => {
      runs += 1;
      if (runs === 1) throw new RetryableError('not yet');
      return { evidence: { summary: 'done', items: [] }, data: { kind: 'none' } };
    },
    verify: () => Promise.reject(new Error('nobody asks')),
    idempotent: () => false,
  });
  const store = createLaunchStore(database, queue);
  const engine = createEngine({ store, queue, leases, clock, handlers, redactor: createRedactor() });
  await engine.open();
  await engine.start({ plan: planOf(STEP), planDigest: 'digest', directory: '/shop', actor: ADA });
  for (let round = 0; round < 20; round += 1) await world.settle();
  expect(runs).toBe(1);
  clock.set(by);
  await world.pass(NOTICED);
  for (let round = 0; round < 20; round += 1) await world.settle();
  expect(runs).toBe(2);
  expect((await engine.find('shop-1'))?.mode).toMatchObject({ is: 'ended', as: 'completed' });
  const closed = engine.close(0);
  await world.pass(1_000);
  await closed;
});
