import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import type { Database, Queryable } from '../../ports/database.ts';
import {
  breakConnections,
  createBareDatabase,
  createTestDatabase,
  describeOnPostgres,
} from '../../testing/test-postgres.ts';
import { MIGRATIONS } from '../schema.ts';
import { StorageError } from '../storage-error.ts';
import { openPostgresDatabase } from './postgres-database.ts';
import { refuseOld } from './prepare-schema.ts';

const FLAGS = ['flag_batch', 'flag_count', 'flag_event', 'flag_key', 'flag_set'];
const TABLES = ['event', ...FLAGS, 'hook_delivery', 'launch', 'lease', 'lease_wait', 'meta', 'token', 'work'];

const expectRefused = async (opening: Promise<Database>, code: string, secret = 's3cret') => {
  const error: unknown = await opening.then(
    async (database) => await database.close(),
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(StorageError);
  expect(error).toMatchObject({ code, message: expect.stringMatching(/^[^\n]+: [^\n]+\.$/) });
  expect(`${String(error)} ${String((error as Error).cause)}`).not.toContain(secret);
};

const changed = (url: string, change: (url: URL) => void): string => {
  const other = new URL(url);
  change(other);
  return other.href;
};

const tablesOf = async (database: Database, schema: string) => {
  const sql = 'select tablename::text as name from pg_tables where schemaname = ?1 order by 1';
  return (await database.query(sql, [schema])).map((row) => row['name']);
};

const put = async (on: Queryable, key: string, value: string) =>
  await on.query(
    'insert into meta (key, value) values (?1, ?2) on conflict (key) do update set value = excluded.value',
    [key, value],
  );
const get = async (on: Queryable, key: string) =>
  (await on.query('select value from meta where key = ?1', [key]))[0]?.['value'] ?? null;

describeOnPostgres('opening PostgreSQL', () => {
  it('makes the tables in a schema of their own, once, also when replicas begin at the same time', async () => {
    const bare = await createBareDatabase();
    const replicas = await Promise.all(Array.from({ length: 6 }, async () => await openPostgresDatabase(bare)));
    const [database, ...others] = replicas as [Database, ...Database[]];
    expect(await tablesOf(database, 'slipway')).toEqual(TABLES);
    expect(await tablesOf(database, 'public')).toEqual([]);
    expect(await get(database, 'schema')).toBe(String(MIGRATIONS.length));
    await Promise.all([database, ...others].map(async (each) => await each.close()));
  });

  it('keeps two schemas of one database apart', async () => {
    const bare = await createBareDatabase();
    const [one, two] = [await openPostgresDatabase(bare), await openPostgresDatabase(bare, { schema: 'Team "B"' })];
    await put(one, 'whose', 'one');
    expect(await get(two, 'whose')).toBeNull();
    expect(await tablesOf(two, 'Team "B"')).toEqual(TABLES);
    await Promise.all([one.close(), two.close()]);
  });

  it('leaves data alone at the next opening', async () => {
    await using test = await createTestDatabase();
    const first = await openPostgresDatabase(test.url);
    await put(first, 'kept', 'yes');
    await first.close();
    const second = await openPostgresDatabase(test.url);
    expect(await get(second, 'kept')).toBe('yes');
    await second.close();
  });

  it('serves a user who may not make schemas, once the schema is there', async () => {
    const bare = await createBareDatabase();
    const owner = await openPostgresDatabase(bare);
    await owner.query('create role modest login');
    try {
      await owner.query('grant usage on schema slipway to modest');
      await owner.query('grant select, insert, update on all tables in schema slipway to modest');
      await owner.query("alter role modest password 'm0dest'");
      const modest = changed(bare, (url) => Object.assign(url, { username: 'modest', password: 'm0dest' }));
      await owner.query('grant create on schema slipway to modest');
      await (await openPostgresDatabase(modest)).close();
      await expectRefused(openPostgresDatabase(modest, { schema: 'another' }), 'read-only', 'm0dest');
    } finally {
      await owner.query('drop owned by modest');
      await owner.query('drop role modest');
      await owner.close();
    }
  });

  it.each<[string, string, (url: URL) => void]>([
    ['a wrong password', 'cannot-open', (url) => (url.password = 's3cret')],
    ['no password', 'cannot-open', (url) => (url.password = '')],
    ['an unknown user', 'cannot-open', (url) => Object.assign(url, { username: 'nobody', password: 's3cret' })],
    ['an unknown database', 'cannot-open', (url) => (url.pathname = '/no_such_database')],
    ['a port on which nobody listens', 'cannot-open', (url) => (url.port = '1')],
    [
      'a read-only server',
      'read-only',
      (url) => url.searchParams.set('options', '-c default_transaction_read_only=on'),
    ],
  ])('refuses %s: %s', async (_title, code, change) => {
    await using test = await createTestDatabase();
    await expectRefused(openPostgresDatabase(changed(test.url, change)), code);
  });

  it('refuses a database of a newer Slipway and changes nothing', async () => {
    const bare = await createBareDatabase();
    const database = await openPostgresDatabase(bare);
    await put(database, 'schema', '99');
    await expectRefused(openPostgresDatabase(bare), 'newer-schema');
    expect(await get(database, 'schema')).toBe('99');
    await database.close();
  });

  it('gives up on a connection that does not answer in time', async () => {
    const silent = createServer().listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const { port } = silent.address() as AddressInfo;
    const opening = openPostgresDatabase(`postgres://u:s3cret@127.0.0.1:${port}/d`, { connectTimeout: 50 });
    await expectRefused(opening, 'cannot-open');
    silent.close();
  });
});

describe('the version of the server', () => {
  const server = (version: number): Queryable => ({ query: async () => [{ version: String(version) }] });
  it.each([150_000, 150_017, 180_001])('%d is new enough', async (version) => {
    await expect(refuseOld(server(version), 'It')).resolves.toBeUndefined();
  });
  it.each([
    [140_022, 14],
    [90_624, 9],
  ])('%d is too old', async (version, major) => {
    await expect(refuseOld(server(version), 'It')).rejects.toMatchObject({
      code: 'cannot-open',
      message: `It is PostgreSQL ${major}: Slipway needs 15 or newer.`,
    });
  });
});

describeOnPostgres('transactions on PostgreSQL', () => {
  it('refuse, inside of them, what would wait for its own end', async () => {
    await using test = await createTestDatabase();
    const database = await openPostgresDatabase(test.url);
    const asking = database.transaction(async () => await database.query('select 1'));
    await expect(asking).rejects.toThrow(/inside a transaction/i);
    const nesting = database.transaction(async () => await database.transaction(async () => 1));
    await expect(nesting).rejects.toThrow(/inside a transaction/i);
    await database.close();
  });

  it('of one process do not wait for each other, and leave room for single statements', async () => {
    await using test = await createTestDatabase();
    const database = await openPostgresDatabase(test.url, { connections: 4, connectTimeout: 500 });
    const [met, door] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const one = database.transaction(async (tx) => {
      await put(tx, 'one', '1');
      await met.promise;
      await door.promise;
    });
    const two = database.transaction(async (tx) => {
      await put(tx, 'two', '2');
      met.resolve();
      await door.promise;
    });
    // More than there are connections: they wait for longer than the pool would let them.
    const more = Array.from({ length: 6 }, async (_, index) =>
      database.transaction(async (tx) => await put(tx, `more ${index}`, '3')),
    );
    await met.promise;
    await database.query('select pg_sleep(0.7)::text');
    expect([await get(database, 'one'), await get(database, 'more 0')]).toEqual([null, null]);
    door.resolve();
    await Promise.all([one, two, ...more]);
    expect([await get(database, 'one'), await get(database, 'two'), await get(database, 'more 5')]).toEqual([
      '1',
      '2',
      '3',
    ]);
    await database.close();
  });

  it('do not pass for committed when a statement failed that their work did not look at', async () => {
    await using test = await createTestDatabase();
    const database = await openPostgresDatabase(test.url);
    const work = database.transaction(async (tx) => {
      await put(tx, 'a', '1');
      await tx.query('select * from no_such_table').catch(() => {});
    });
    await expect(work).rejects.toThrow(/taken back/);
    expect(await get(database, 'a')).toBeNull();
    await database.close();
  });

  it('do nothing of what was asked behind a statement that failed', async () => {
    await using test = await createTestDatabase();
    const database = await openPostgresDatabase(test.url);
    const work = database.transaction(async (tx) => {
      const asked = [put(tx, 'a', '1'), tx.query('select * from no_such_table'), put(tx, 'b', '2')];
      return (await Promise.allSettled(asked)).map(({ status }) => status).join(' ');
    });
    await expect(work).rejects.toThrow(/taken back/);
    const answers = database.transaction(async (tx) => {
      const asked = ['one', 'two', 'three'].map(async (text) => await tx.query('select ?1::text as said', [text]));
      return (await Promise.all(asked)).flat().map(({ said }) => said);
    });
    expect(await answers).toEqual(['one', 'two', 'three']);
    expect([await get(database, 'a'), await get(database, 'b')]).toEqual([null, null]);
    await database.close();
  });

  it('are tried again after a deadlock with another process', async () => {
    await using test = await createTestDatabase();
    const [one, two] = [await openPostgresDatabase(test.url), await openPostgresDatabase(test.url)];
    for (const key of ['a', 'b']) await put(one, key, '');
    const met = [Promise.withResolvers<void>(), Promise.withResolvers<void>()] as const;
    let tries = 0;
    const cross = (database: Database, first: string, second: string, mine: 0 | 1) =>
      database.transaction(async (tx) => {
        tries += 1;
        await tx.query('update meta set value = value || ?1 where key = ?2', [String(mine), first]);
        met[mine].resolve();
        await met[1 - mine]?.promise;
        await tx.query('update meta set value = value || ?1 where key = ?2', [String(mine), second]);
      });
    await Promise.all([cross(one, 'a', 'b', 0), cross(two, 'b', 'a', 1)]);
    expect(tries).toBe(3);
    expect([await get(one, 'a'), await get(one, 'b')]).toEqual([
      expect.stringMatching(/^(01|10)$/),
      expect.stringMatching(/^(01|10)$/),
    ]);
    await Promise.all([one.close(), two.close()]);
  });

  it('are tried five times and not for ever', async () => {
    await using test = await createTestDatabase();
    const database = await openPostgresDatabase(test.url);
    let tries = 0;
    const work = database.transaction(async (tx) => {
      tries += 1;
      await tx.query("do $$ begin raise exception 'again' using errcode = '40001'; end $$");
    });
    await expect(work).rejects.toMatchObject({ code: 'in-use' });
    expect(tries).toBe(5);
    await database.close();
  });

  it('whose connection is killed in the middle leave nothing, are not repeated, and the next one is fine', async () => {
    await using test = await createTestDatabase();
    const database = await openPostgresDatabase(test.url);
    let tries = 0;
    const work = database.transaction(async (tx) => {
      tries += 1;
      await put(tx, 'half', 'done');
      await breakConnections(test.url, 'slipway');
      await put(tx, 'other half', 'done');
    });
    await expect(work).rejects.toMatchObject({ name: 'StorageError', code: 'input-output' });
    expect(tries).toBe(1);
    await database.transaction(async (tx) => await put(tx, 'next', 'fine'));
    expect([await get(database, 'half'), await get(database, 'next')]).toEqual([null, 'fine']);
    await database.close();
  });

  it('give up a statement that takes too long', async () => {
    await using test = await createTestDatabase();
    const database = await openPostgresDatabase(test.url, { statementTimeout: 100 });
    const slow = database.transaction(async (tx) => await tx.query('select pg_sleep(60)::text'));
    await expect(slow).rejects.toMatchObject({ code: 'input-output' });
    expect(await database.query('select 1 as one')).toEqual([{ one: 1 }]);
    await database.close();
  });

  it('are waited for at closing', async () => {
    await using test = await createTestDatabase();
    const database = await openPostgresDatabase(test.url);
    const writing = database.transaction(async (tx) => await put(tx, 'last', 'word'));
    await Promise.all([writing, database.close()]);
    const again = await openPostgresDatabase(test.url);
    expect(await get(again, 'last')).toBe('word');
    await again.close();
  });
});
