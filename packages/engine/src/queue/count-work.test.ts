import { expect, test } from 'vitest';
import type { Database } from '../ports/database.ts';
import { createPostgresWorld } from '../testing/postgres-world.ts';
import { createMemoryWorld } from '../testing/sqlite-world.ts';
import { describeOnPostgres } from '../testing/test-postgres.ts';
import { countWork, type WorkCount } from './count-work.ts';
import { putWork } from './work-table.ts';

const TABLE: [times: readonly number[], expected: WorkCount][] = [
  [[], { due: 0, later: 0 }],
  [[0, 999, 1_000], { due: 3, later: 0 }],
  [[0, 1_001, 5_000], { due: 1, later: 2 }],
];

async function countedOn(database: Database, times: readonly number[]): Promise<WorkCount> {
  for (const dueAt of times) {
    await putWork(database, { id: `w${dueAt}`, launch: 'shop-1', effect: null, dueAt, stamp: 's', carrier: null });
  }
  return await countWork(database, 1_000);
}

test.each(TABLE)('work due at %j is, at 1000: %j', async (times, expected) => {
  await using world = await createMemoryWorld();
  expect(await countedOn(world.database, times)).toEqual(expected);
});

describeOnPostgres('on PostgreSQL', () => {
  test.each(TABLE)('work due at %j is, at 1000: %j', async (times, expected) => {
    await using world = await createPostgresWorld();
    expect(await countedOn(world.database, times)).toEqual(expected);
  });
});
