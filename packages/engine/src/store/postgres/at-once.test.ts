import { expect, it } from 'vitest';
import { createPostgresWorld } from '../../testing/postgres-world.ts';
import { describeOnPostgres } from '../../testing/test-postgres.ts';

const PUT = 'insert into meta (key, value) values (?1, ?2) returning key, value';
const SET = 'update meta set value = ?1 where key = ?2 returning key';

describeOnPostgres('a statement of several', () => {
  const setUp = async () => {
    const world = await createPostgresWorld();
    const { database } = world;
    await database.query('insert into meta (key, value) values (?1, ?2)', ['here', 'old']);
    const values = async () => {
      const rows = await database.query(
        "select key, value from meta where key in ('here', 'there', 'else') order by key",
      );
      return rows.map(({ key, value }) => `${key} ${value}`);
    };
    const atOnce = database.atOnce?.bind(database);
    if (atOnce === undefined) throw new Error('PostgreSQL does things at once');
    return { database, values, atOnce, [Symbol.asyncDispose]: () => world[Symbol.asyncDispose]() };
  };

  it('does all of them, each with its own values, and gives each its row', async () => {
    await using world = await setUp();
    const rows: unknown[] = [];
    const done = await world.atOnce(async (tx) => {
      const asked = [
        tx.query(SET, ['new', 'here']),
        tx.query(PUT, ["it's ?1", 'there']),
        tx.query("delete from meta where key = ?1 and value <> '?2'", ['nowhere']),
      ];
      rows.push(...(await Promise.all(asked)));
    });
    expect(done).toBe(true);
    expect(rows).toEqual([[{ key: 'here' }], [{ key: "it's ?1", value: 'there' }], []]);
    expect(await world.values()).toEqual(['here new']);
  });

  it.each([
    ['changes no row', SET, ['new', 'nowhere']],
    ['finds its row there already', PUT, ['here', 'new']],
  ] as const)('does none of them when one %s', async (_title, sql, values) => {
    await using world = await setUp();
    const done = await world.atOnce(async (tx) => {
      await Promise.all([tx.query(PUT, ['there', 'new']), tx.query(sql, [...values])]);
    });
    expect(done).toBe(false);
    expect(await world.values()).toEqual(['here old']);
  });

  it('says what else went wrong, and does nothing of it', async () => {
    await using world = await setUp();
    const failing = world.atOnce(async (tx) => {
      await Promise.all([tx.query(SET, ['new', 'here']), tx.query('update no_such_table set a = 1 returning a')]);
    });
    await expect(failing).rejects.toThrow(/no_such_table/);
    expect(await world.values()).toEqual(['here old']);
  });

  it('is for work that asks before it waits', async () => {
    await using world = await setUp();
    const late = world.atOnce(async (tx) => {
      await tx.query(SET, ['new', 'here']);
      await tx.query(PUT, ['there', 'late']);
    });
    await expect(late).rejects.toThrow(/what its work expects/);
  });

  it('rejects once the database is closed', async () => {
    await using world = await setUp();
    await world.database.close();
    await expect(world.atOnce(async (tx) => void (await tx.query(SET, ['new', 'here'])))).rejects.toMatchObject({
      code: 'closed',
    });
  });
});
