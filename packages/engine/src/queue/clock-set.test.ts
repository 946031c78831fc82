import { expect, test } from 'vitest';
import { createMemoryWorld } from '../testing/sqlite-world.ts';
import { createInProcessQueue } from './in-process-queue.ts';

test.each([3_600_000, -3_600_000])(
  'work that was rejected comes again after a second, though the clock is set by %d',
  async (by) => {
    await using world = await createMemoryWorld();
    const queue = createInProcessQueue(world.database, world.clock);
    let deliveries = 0;
    await world.database.transaction(
      async (tx) => await queue.enqueue(tx, [{ id: 'w', launch: 'shop-1', effect: null, dueAt: 0 }]),
    );
    await queue.start(() => {
      deliveries += 1;
      return Promise.reject(new Error('the database is locked'));
    });
    await world.settle();
    expect(deliveries).toBe(1);
    world.clock.set(by);
    await world.pass(1_100);
    await world.settle();
    expect(deliveries).toBe(2);
    await queue.stop();
  },
);
