import { expect, test } from 'vitest';
import type { Database } from '../ports/database.ts';
import { createMemoryWorld } from '../testing/sqlite-world.ts';
import { UnreadWork } from './unread-work.ts';
import { putWork } from './work-table.ts';

const [NOW, MANY] = [1_000, 2_500];

const put = async (database: Database, id: string, dueAt: number) =>
  await putWork(database, { id, launch: 'shop-1', effect: null, dueAt, stamp: id, carrier: null });

/** The same database, which tells of what it is asked, before and after. */
function listening(database: Database, asked: () => Promise<void> | void): Pick<Database, 'query'> {
  return {
    query: async (sql, values) => {
      const rows = await database.query(sql, values);
      await asked();
      return rows;
    },
  };
}

test('reads everything once, then what was touched or has become due, the longest due first', async () => {
  await using world = await createMemoryWorld();
  const { database } = world;
  const unread = new UnreadWork(database);
  const read = async (now: number) => (await unread.read(now, 100)).map((work) => work.id);
  for (const [id, due] of [
    ['b', 1],
    ['a', 1],
    ['first', 0],
    ['later', NOW + 5],
    ['last', NOW + 9],
  ] as const)
    await put(database, id, due);
  expect(await read(NOW)).toEqual(['first', 'a', 'b']);
  expect(unread.nextAfter(NOW)).toBe(NOW + 5);
  expect(await read(NOW)).toEqual([]);
  await put(database, 'soon', NOW + 2);
  for (const id of ['soon', 'b', 'a', 'nobody']) unread.touch(id);
  expect(await read(NOW)).toEqual(['a', 'b']);
  expect(unread.nextAfter(NOW)).toBe(NOW + 2);
  unread.touch('a');
  unread.touch('later');
  expect(await read(NOW + 6)).toEqual(['a', 'soon', 'later']);
  expect(unread.nextAfter(NOW + 6)).toBe(NOW + 9);
  expect(await read(NOW + 10)).toEqual(['last']);
  expect(unread.nextAfter(NOW + 10)).toBeNull();
});

test('more than fits is read again as a whole', async () => {
  await using world = await createMemoryWorld();
  const unread = new UnreadWork(world.database);
  for (const id of ['a', 'b', 'c']) await put(world.database, id, 0);
  for (let reads = 0; reads < 2; reads += 1) {
    expect((await unread.read(NOW, 2)).map((work) => work.id)).toEqual(['a', 'b']);
    expect(unread.nextAfter(NOW)).toBeNull();
  }
  expect(await unread.read(NOW, 4)).toHaveLength(3);
  expect(await unread.read(NOW, 4)).toEqual([]);
});

test('where very much was touched it reads everything at once, not one by one', async () => {
  await using world = await createMemoryWorld();
  let queries = 0;
  const unread = new UnreadWork(listening(world.database, () => void (queries += 1)));
  await unread.read(NOW, MANY);
  queries = 0;
  for (let index = 0; index < MANY; index += 1) unread.touch(`w${index}`);
  await put(world.database, 'w7', 0);
  expect(await unread.read(NOW, MANY)).toHaveLength(1);
  expect(queries).toBe(2);
});

test.each([1, MANY])('loses none of %d touched while it reads', async (touched) => {
  await using world = await createMemoryWorld();
  let meanwhile = (): Promise<void> | void => {};
  const unread = new UnreadWork(listening(world.database, () => meanwhile()));
  meanwhile = async () => {
    meanwhile = () => {};
    for (let index = 0; index < touched; index += 1) unread.touch(`w${index}`);
    await put(world.database, 'w0', 0);
  };
  const reads = [await unread.read(NOW, MANY), await unread.read(NOW, MANY)];
  expect(reads.flat().map((work) => work.id)).toEqual(['w0']);
});

test('reads everything again after an error', async () => {
  await using world = await createMemoryWorld();
  let broken = false;
  const unread = new UnreadWork(
    listening(world.database, () => {
      if (broken) throw new Error('input/output error');
    }),
  );
  await put(world.database, 'a', 0);
  await unread.read(NOW, MANY);
  broken = true;
  unread.touch('a');
  await expect(unread.read(NOW, MANY)).rejects.toThrow('input/output error');
  broken = false;
  expect(await unread.read(NOW, MANY)).toHaveLength(1);
});
