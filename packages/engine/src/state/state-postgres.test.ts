import { expect, test } from 'vitest';
import { openPostgresDatabase } from '../store/postgres/postgres-database.ts';
import { createMemoryWorld } from '../testing/sqlite-world.ts';
import { exported, filled, from } from '../testing/state-world.ts';
import { createTestDatabase, describeOnPostgres } from '../testing/test-postgres.ts';
import { importState } from './import-state.ts';

describeOnPostgres('a state moves to PostgreSQL and back', () => {
  test('and is the same', async () => {
    await using world = await filled(3);
    const lines = await exported(world.database);
    await using place = await createTestDatabase();
    const shared = await openPostgresDatabase(place.url);
    try {
      await importState(shared, from(lines));
      expect(await exported(shared)).toEqual(lines);
    } finally {
      await shared.close();
    }
    await using back = await createMemoryWorld();
    await importState(back.database, from(lines));
    expect(await exported(back.database)).toEqual(lines);
  });
});
