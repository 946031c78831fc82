import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTokens } from '@slipway/engine';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openStorage, type Storage } from './open-storage.ts';
import { refuseMoved } from './refuse-moved.ts';
import { exportToFile, importFromFile } from './transfer.ts';

let folder: string;
let file: string;
let open: Storage[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'slipway-transfer-'));
  file = join(folder, 'state.ndjson');
  open = [];
});

afterEach(async () => {
  for (const storage of open) await storage.close();
  await rm(folder, { recursive: true, force: true });
});

async function storageIn(name: string): Promise<Storage> {
  const storage = await openStorage({ dataDirectory: join(folder, name), databaseUrl: undefined });
  open.push(storage);
  return storage;
}

/** A server with a token; `underWay`: and with a launch that a row says is active. */
async function source(underWay = false): Promise<Storage> {
  const storage = await storageIn('one');
  const row = { id: 't1', person: 'rita', role: 'operator', createdAt: 1 };
  await createTokens(storage.database).add(row, 'hash-of-t1');
  const insert = "insert into launch (id, name, version, active, started_at) values ('shop-1', 'shop', 0, 1, 0)";
  if (underWay) await storage.database.query(insert);
  return storage;
}

test('what one server wrote, an empty one reads', async () => {
  await exportToFile(await source(), { file, move: false });
  const other = await storageIn('two');
  expect(await importFromFile(other, file)).toEqual({ launches: 0, events: 0, tokens: 1, flagSets: 0 });
  expect(await createTokens(other.database).findByHash('hash-of-t1')).toMatchObject({ person: 'rita' });
});

test.each([
  ['breaks of lines that are none of JSON', 'one\u2028two\u2029three\u0085four'],
  ['a return', 'one\r\ntwo\rthree\n'],
  ['letters of several bytes', 'é🚀'.repeat(100_000)],
])('a text with %s comes over as it is', async (_what, person) => {
  const storage = await storageIn('one');
  await createTokens(storage.database).add({ id: 't1', person, role: 'operator', createdAt: 1 }, 'hash');
  await exportToFile(storage, { file, move: false });
  const other = await storageIn('two');
  expect(await importFromFile(other, file)).toMatchObject({ tokens: 1 });
  expect(await createTokens(other.database).findByHash('hash')).toMatchObject({ person });
});

test('only this user may read it', async () => {
  await exportToFile(await source(), { file, move: false });
  expect((await stat(file)).mode & 0o777).toBe(0o600);
});

test('a file that is there is not written over', async () => {
  await writeFile(file, 'mine');
  await expect(exportToFile(await source(), { file, move: false })).rejects.toThrow(
    /state.ndjson is there already: name another file/,
  );
  expect(await readFile(file, 'utf8')).toBe('mine');
});

test('a file that was cut is refused', async () => {
  await exportToFile(await source(), { file, move: false });
  await writeFile(file, (await readFile(file, 'utf8')).split('\n').slice(0, 2).join('\n'));
  await expect(importFromFile(await storageIn('two'), file)).rejects.toThrow('cut off');
});

test('a file that is not there is named', async () => {
  await expect(importFromFile(await storageIn('two'), file)).rejects.toThrow(/state.ndjson cannot be found/);
});

test('launches under way are moved, never copied', async () => {
  const storage = await source(true);
  await expect(exportToFile(storage, { file, move: false })).rejects.toThrow('shop-1 under way');
  await exportToFile(storage, { file, move: true });
  await expect(refuseMoved(storage)).rejects.toThrow(/were moved to another server at/);
  open.pop();
  await expect(refuseMoved(await storageIn('one'))).rejects.toThrow(/start that one/);
  open.pop();
});

test('a move that could not be written moves nothing', async () => {
  const storage = await source(true);
  await expect(exportToFile(storage, { file: join(folder, 'none', 'state'), move: true })).rejects.toThrow(
    /cannot be found: look at the name/,
  );
  await expect(refuseMoved(storage)).resolves.toBeUndefined();
});
