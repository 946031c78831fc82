import { existsSync, statfsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Database } from '../../ports/database.ts';
import { createTemporaryDirectory } from '../../testing/temporary-directory.ts';
import { Reserve } from './reserve.ts';
import { StorageError } from '../storage-error.ts';
import { openSqliteDatabase } from './sqlite-database.ts';

const KEPT = 4 * 1024 * 1024;

it('takes room on the disk, for real, and gives it up once', async () => {
  await using directory = await createTemporaryDirectory();
  const file = join(directory.path, 'reserve');
  const reserve = new Reserve(file);
  reserve.take();
  expect(statSync(file).blocks * 512).toBeGreaterThanOrEqual(KEPT);
  expect([reserve.spend(), reserve.spend(), statSync(file).blocks]).toEqual([true, false, 0]);
});

it('says, also to a successor, that its room is for ways back, until there is plenty again', async () => {
  await using directory = await createTemporaryDirectory();
  const file = join(directory.path, 'reserve');
  let free = 4 * KEPT;
  const first = new Reserve(file, () => free);
  first.take();
  expect(first.isGivenUp).toBe(false);
  first.spend();
  free -= 1;
  first.take();
  const successor = new Reserve(file, () => free);
  successor.take();
  expect([first.isGivenUp, successor.isGivenUp]).toEqual([true, true]);
  free += 1;
  successor.take();
  expect([successor.isGivenUp, successor.spend()]).toEqual([false, true]);
});

it('of a disk that never had plenty is kept from nobody', async () => {
  await using directory = await createTemporaryDirectory();
  const reserve = new Reserve(join(directory.path, 'reserve'), () => 4 * KEPT - 1);
  reserve.take();
  expect([reserve.spend(), reserve.isGivenUp]).toEqual([false, false]);
});

it('is found again by a successor', async () => {
  await using directory = await createTemporaryDirectory();
  const file = join(directory.path, 'reserve');
  new Reserve(file).take();
  expect(new Reserve(file).spend()).toBe(true);
});

it('is nobody else’s trouble where it cannot be taken', async () => {
  await using directory = await createTemporaryDirectory();
  const reserve = new Reserve(join(directory.path, 'no such folder', 'reserve'));
  reserve.take();
  expect(reserve.spend()).toBe(false);
});

/** What SQLite does with it is what it does on ENOSPC: error code, rollback. */
const fill = async (database: Database) => {
  const [row] = await database.query('pragma page_count');
  await database.query(`pragma max_page_count = ${Object.values(row ?? {})[0]}`);
};
const big = (database: Database, wayBack: boolean) =>
  database.transaction(
    async (tx) =>
      await tx.query("insert into meta (key, value) values ('big', ?1) on conflict (key) do nothing", [
        'x'.repeat(100_000),
      ]),
    { wayBack },
  );

it('is given up where a full disk is called an error of input and output, and taken again at once where there is room', async () => {
  await using directory = await createTemporaryDirectory();
  const file = join(directory.path, 'slipway.db');
  const database = await openSqliteDatabase(file);
  const kept = statSync(`${file}.reserve`).ino;
  let tries = 0;
  const stumble = async (): Promise<number> => {
    tries += 1;
    if (tries === 1) throw new StorageError('input-output', 'the index cannot grow');
    return tries;
  };
  await expect(database.transaction(stumble)).rejects.toMatchObject({ code: 'input-output' });
  tries = 0;
  expect(await database.transaction(stumble, { wayBack: true })).toBe(2);
  expect(statSync(`${file}.reserve`)).toMatchObject({ ino: kept, size: KEPT });
  await database.close();
});

it('is given up for a way back alone, and taken again when there is room', async () => {
  await using directory = await createTemporaryDirectory();
  const { bavail, bsize } = statfsSync(directory.path);
  expect(bavail * bsize).toBeGreaterThan(4 * KEPT);
  const file = join(directory.path, 'slipway.db');
  const reserve = `${file}.reserve`;
  const database = await openSqliteDatabase(file);
  expect(existsSync(reserve)).toBe(true);
  await fill(database);
  await expect(big(database, false)).rejects.toMatchObject({ code: 'full' });
  expect(existsSync(reserve)).toBe(true);
  await expect(big(database, true)).rejects.toMatchObject({ code: 'full' });
  expect(statSync(reserve).size).toBe(0);
  await database.query('pragma max_page_count = 1000000');
  await big(database, false);
  expect(statSync(reserve).size).toBe(KEPT);
  await database.close();
});
