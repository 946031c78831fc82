import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { NOW, steps } from '../testing/drafts.ts';
import { createInProcessQueue } from '../queue/in-process-queue.ts';
import { createManualClock } from '../testing/manual-clock.ts';
import { createLaunchStore } from './launch-store.ts';
import { MIGRATIONS } from './schema.ts';
import { openSqliteDatabase } from './sqlite/sqlite-database.ts';
import { createTemporaryDirectory } from '../testing/temporary-directory.ts';

const FLAG_TABLES = ['flag_batch', 'flag_count', 'flag_event', 'flag_key', 'flag_set'];
const TABLES = ['event', ...FLAG_TABLES, 'hook_delivery', 'launch', 'lease', 'lease_wait', 'meta', 'token', 'work'];

const tablesOf = (file: string): readonly unknown[] => {
  const connection = new DatabaseSync(file);
  const rows = connection.prepare("select name from sqlite_schema where type = 'table' order by name").all();
  connection.close();
  return rows.map((row) => row['name']);
};

describe('migrations', () => {
  it('make the tables once, and leave data alone at the next opening', async () => {
    await using directory = await createTemporaryDirectory();
    const file = join(directory.path, 'slipway.sqlite');
    const events = steps('shop-1', 3);
    const first = await openSqliteDatabase(file);
    const store = createLaunchStore(first, createInProcessQueue(first, createManualClock(NOW)));
    const append = { enqueue: [], complete: [], active: true, release: false };
    await store.append({ launch: 'shop-1', name: 'shop', expected: 0, events, ...append });
    await first.close();

    const second = await openSqliteDatabase(file);
    const again = createLaunchStore(second, createInProcessQueue(second, createManualClock(NOW)));
    expect(await again.read('shop-1')).toEqual(events);
    expect(await second.query("select value from meta where key = 'schema'")).toMatchObject([
      { value: String(MIGRATIONS.length) },
    ]);
    await second.close();
    expect(tablesOf(file)).toEqual(TABLES);
  });

  it('bring a database of the first schema up to date and leave its data alone', async () => {
    await using directory = await createTemporaryDirectory();
    const file = join(directory.path, 'slipway.sqlite');
    const old = await openSqliteDatabase(file);
    await old.query('drop table lease_wait');
    for (const table of [...FLAG_TABLES, 'hook_delivery']) await old.query(`drop table ${table}`);
    await old.query('drop index work_by_carrier');
    await old.query('alter table work drop column carrier');
    await old.query('alter table work drop column holder');
    await old.query("update meta set value = '1' where key = 'schema'");
    await old.query("insert into lease (environment, launch, expires_at) values ('production', 'shop-1', 7)");
    await old.close();
    const database = await openSqliteDatabase(file);
    expect(await database.query('select launch, expires_at from lease')).toMatchObject([
      { launch: 'shop-1', expires_at: 7 },
    ]);
    await database.close();
    expect(tablesOf(file)).toEqual(TABLES);
  });

  it('refuse a database of a newer Slipway and change nothing', async () => {
    await using directory = await createTemporaryDirectory();
    const file = join(directory.path, 'slipway.sqlite');
    const first = await openSqliteDatabase(file);
    await first.query("update meta set value = '99' where key = 'schema'");
    await first.close();
    await expect(openSqliteDatabase(file)).rejects.toMatchObject({
      code: 'newer-schema',
      message: expect.stringMatching(/^[^\n]*schema 99[^\n]*run that version or a newer one/),
    });
    const connection = new DatabaseSync(file);
    expect(connection.prepare('select value from meta').get()).toMatchObject({ value: '99' });
    connection.close();
  });

  it.each(['x', '-1', '1.5', ''])('refuse a schema version that is none: %j', async (value) => {
    await using directory = await createTemporaryDirectory();
    const file = join(directory.path, 'slipway.sqlite');
    const first = await openSqliteDatabase(file);
    await first.query("update meta set value = ?1 where key = 'schema'", [value]);
    await first.close();
    await expect(openSqliteDatabase(file)).rejects.toMatchObject({ code: 'damaged' });
  });

  it('go on where a death in the middle has left an empty file', async () => {
    await using directory = await createTemporaryDirectory();
    const file = join(directory.path, 'slipway.sqlite');
    new DatabaseSync(file).close();
    await (await openSqliteDatabase(file)).close();
    expect(tablesOf(file)).toEqual(TABLES);
  });
});
