import { expect, it } from 'vitest';
import { createMemoryWorld } from '../../testing/sqlite-world.ts';
import type { Database } from '../../ports/database.ts';
import { createInProcessQueue } from '../../queue/in-process-queue.ts';
import { createLaunchStore } from '../launch-store.ts';

it('what is under way is read by its index, in its order: what has ended costs nothing', async () => {
  await using world = await createMemoryWorld();
  let asked = '';
  const database: Database = {
    ...world.database,
    query: (sql, values) => {
      asked = sql;
      return world.database.query(sql, values);
    },
  };
  await createLaunchStore(database, createInProcessQueue(database, world.clock)).listActive();
  const plan = await world.database.query(`explain query plan ${asked}`);
  expect(plan.map((row) => row['detail'])).toEqual(['SCAN launch USING INDEX launch_under_way']);
});
