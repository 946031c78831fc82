import { chmod, mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Database } from '../../ports/database.ts';
import { withoutRoot } from '../../testing/without-root.ts';
import { StorageError } from '../storage-error.ts';
import { openSqliteDatabase } from './sqlite-database.ts';
import { createTemporaryDirectory } from '../../testing/temporary-directory.ts';

const pragma = async (database: Database, name: string) =>
  Object.values((await database.query(`pragma ${name}`))[0] ?? {})[0];

const expectRefused = async (opening: Promise<Database>, code: string) => {
  const error: unknown = await opening.then(
    async (database) => await database.close(),
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(StorageError);
  expect(error).toMatchObject({ code, message: expect.stringMatching(/^[^\n]+: [^\n]+\.$/) });
};

describe('opening', () => {
  it('makes folder and file for their owner alone', async () => {
    await using directory = await createTemporaryDirectory();
    const file = join(directory.path, 'a', 'b', 'slipway.sqlite');
    const database = await openSqliteDatabase(file);
    const modes = [join(directory.path, 'a'), join(directory.path, 'a', 'b'), file, `${file}-wal`];
    const found = await Promise.all(modes.map(async (path) => ((await stat(path)).mode & 0o777).toString(8)));
    await database.close();
    expect(found).toEqual(['700', '700', '600', '600']);
  });

  it('sets what durability rests on', async () => {
    await using directory = await createTemporaryDirectory();
    const database = await openSqliteDatabase(join(directory.path, 'slipway.sqlite'));
    const names = ['journal_mode', 'synchronous', 'foreign_keys', 'busy_timeout', 'fullfsync'];
    const found = [];
    for (const name of names) found.push(await pragma(database, name));
    await database.close();
    expect(found).toEqual(['wal', 2, 1, 5_000, 1]);
  });

  it('makes strict tables', async () => {
    const database = await openSqliteDatabase(':memory:');
    const tables = await database.query("select name, strict from pragma_table_list where schema = 'main'");
    await database.close();
    const loose = tables.filter((table) => table['strict'] !== 1).map((table) => table['name']);
    expect(loose).toEqual(['sqlite_schema']);
  });

  it.each([
    ['text', Buffer.from('launch: shop\n'.repeat(100))],
    ['noise', Buffer.alloc(8_192, 0xa5)],
  ])('refuses a file of %s and leaves it as it is', async (_title, content) => {
    await using directory = await createTemporaryDirectory();
    const file = join(directory.path, 'notes');
    await writeFile(file, content);
    await expectRefused(openSqliteDatabase(file), 'not-a-database');
    expect(await readFile(file)).toEqual(content);
  });

  it("refuses another program's database and leaves it as it is", async () => {
    await using directory = await createTemporaryDirectory();
    const file = join(directory.path, 'other.sqlite');
    const other = new DatabaseSync(file);
    other.exec('create table launch (rocket text)');
    other.close();
    const before = await readFile(file);
    await expectRefused(openSqliteDatabase(file), 'not-a-database');
    expect(await readFile(file)).toEqual(before);
  });

  it('refuses a folder, and a file where a folder should be', async () => {
    await using directory = await createTemporaryDirectory();
    await writeFile(join(directory.path, 'file'), '');
    await expectRefused(openSqliteDatabase(directory.path), 'cannot-open');
    await expectRefused(openSqliteDatabase(join(directory.path, 'file', 'slipway.sqlite')), 'cannot-open');
  });

  it('refuses a folder in which it may not write', async () => {
    await using directory = await createTemporaryDirectory();
    await chmod(directory.path, 0o555);
    await withoutRoot(async () => {
      await expectRefused(openSqliteDatabase(join(directory.path, 'slipway.sqlite')), 'read-only');
      await expectRefused(openSqliteDatabase(join(directory.path, 'data', 'slipway.sqlite')), 'read-only');
    });
  });

  it('refuses a file in which it may not write, though it may read it', async () => {
    await using directory = await createTemporaryDirectory();
    const folder = join(directory.path, 'data');
    await mkdir(folder);
    const file = join(folder, 'slipway.sqlite');
    await (await openSqliteDatabase(file)).close();
    await chmod(file, 0o444);
    await chmod(directory.path, 0o755);
    await chmod(folder, 0o777);
    await withoutRoot(async () => await expectRefused(openSqliteDatabase(file), 'read-only'));
  });

  it('refuses a file that it may not read', async () => {
    await using directory = await createTemporaryDirectory();
    const file = join(directory.path, 'slipway.sqlite');
    await (await openSqliteDatabase(file)).close();
    await chmod(file, 0o000);
    await chmod(directory.path, 0o755);
    await withoutRoot(async () => await expectRefused(openSqliteDatabase(file), 'cannot-open'));
  });

  it('refuses a damaged file, at the latest when the damage is read', async () => {
    await using directory = await createTemporaryDirectory();
    const file = join(directory.path, 'slipway.sqlite');
    const database = await openSqliteDatabase(file);
    for (let key = 0; key < 50; key += 1) {
      await database.query('insert into meta (key, value) values (?1, ?2)', [`key ${key}`, 'x'.repeat(10_000)]);
    }
    await database.close();
    const content = await readFile(file);
    await writeFile(file, content.fill(0xa5, 4_096));
    await expectRefused(openSqliteDatabase(file), 'damaged');
  });
});

describe('a full disk', () => {
  it('fails the transaction whole, says so, and goes on when there is room again', async () => {
    await using directory = await createTemporaryDirectory();
    const database = await openSqliteDatabase(join(directory.path, 'slipway.sqlite'));
    const put = async (key: string, value: string) =>
      await database.transaction(async (tx) => {
        await tx.query('insert into meta (key, value) values (?1, ?2)', [`${key} first`, 'small']);
        await tx.query('insert into meta (key, value) values (?1, ?2)', [key, value]);
      });
    await put('before', 'kept');
    // What SQLite does with it is what it does on ENOSPC: error code, rollback.
    await database.query(`pragma max_page_count = ${String(await pragma(database, 'page_count'))}`);
    await expect(put('big', 'x'.repeat(1_000_000))).rejects.toMatchObject({ name: 'StorageError', code: 'full' });
    await database.query('pragma max_page_count = 1000000');
    await put('after', 'kept');
    const keys = (await database.query("select key from meta where key <> 'schema' order by key")).map(
      (row) => row['key'],
    );
    await database.close();
    expect(keys).toEqual(['after', 'after first', 'before', 'before first']);
  });
});

describe('the one connection', () => {
  it('refuses, inside a transaction, what would wait for its own end', async () => {
    const database = await openSqliteDatabase(':memory:');
    const asking = database.transaction(async () => await database.query('select 1'));
    await expect(asking).rejects.toThrow(/inside a transaction/i);
    const nesting = database.transaction(async () => await database.transaction(async () => 1));
    await expect(nesting).rejects.toThrow(/inside a transaction/i);
    expect(await database.query('select 1 as one')).toMatchObject([{ one: 1 }]);
    await database.close();
  });

  it('may be asked by what a transaction has set in motion and that goes on after it', async () => {
    const database = await openSqliteDatabase(':memory:');
    const door = Promise.withResolvers<void>();
    const { later } = await database.transaction(async () => ({
      later: door.promise.then(async () => await database.query('select 1 as one')),
    }));
    door.resolve();
    expect(await later).toMatchObject([{ one: 1 }]);
    await database.close();
  });

  it('lets no other transaction in between the statements of one: they share a connection', async () => {
    const database = await openSqliteDatabase(':memory:');
    const count = async (on: Pick<Database, 'query'>) =>
      Number((await on.query("select value from meta where key = 'count'"))[0]?.['value']);
    await database.query("insert into meta (key, value) values ('count', '0')");
    const increment = async (tx: Pick<Database, 'query'>) => {
      const before = await count(tx);
      await tx.query("update meta set value = ?1 where key = 'count'", [String(before + 1)]);
    };
    await Promise.all(Array.from({ length: 50 }, async () => await database.transaction(increment)));
    expect(await count(database)).toBe(50);
    await database.close();
  });

  it('waits at closing for what was asked before', async () => {
    await using directory = await createTemporaryDirectory();
    const file = join(directory.path, 'slipway.sqlite');
    const database = await openSqliteDatabase(file);
    const writing = database.transaction(async (tx) => {
      await Promise.resolve();
      await tx.query("insert into meta (key, value) values ('last', 'word')");
    });
    await Promise.all([writing, database.close()]);
    const again = await openSqliteDatabase(file);
    expect(await again.query("select value from meta where key = 'last'")).toMatchObject([{ value: 'word' }]);
    await again.close();
  });
});
