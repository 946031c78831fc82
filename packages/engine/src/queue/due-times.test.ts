import { expect, it } from 'vitest';
import { createMemoryWorld, type SqliteWorld } from '../testing/sqlite-world.ts';
import { DueTimes } from './due-times.ts';
import { putWork, removeWork } from './work-table.ts';

/** Due times in milliseconds from the beginning, and how often the table was asked. */
function stage(world: SqliteWorld) {
  const start = world.now();
  let asked = 0;
  const query: SqliteWorld['database']['query'] = async (...given) => {
    asked += 1;
    return await world.database.query(...given);
  };
  const due = new DueTimes({ query }, world.clock);
  return {
    due,
    asked: () => asked,
    at: (ms: number) => start + ms,
    next: async () => (await due.next()) - start,
    putByOthers: async (id: string, ms: number) =>
      await putWork(world.database, {
        id,
        launch: 'shop-1',
        effect: null,
        dueAt: start + ms,
        stamp: id,
        carrier: null,
      }),
  };
}

it('knows the own next time by heart, though the table does not have it yet', async () => {
  await using world = await createMemoryWorld();
  const { due, at, next, asked } = stage(world);
  expect(await next()).toBe(Infinity);
  due.put('b', at(200));
  due.put('a', at(100));
  due.put('moved', at(50));
  due.put('moved', at(300));
  expect([await next(), asked()]).toEqual([100, 1]);
  due.remove('a');
  expect(await next()).toBe(200);
  await world.pass(200);
  expect([await next(), asked()]).toEqual([300, 1]);
});

it('reads the time of others again after a moment, and when the one it knew is over', async () => {
  await using world = await createMemoryWorld();
  const { next, asked, putByOthers } = stage(world);
  await putByOthers('a', 100);
  await putByOthers('b', 5_000);
  expect([await next(), asked()]).toEqual([100, 1]);
  await world.pass(100);
  expect([await next(), asked()]).toEqual([5_000, 2]);
  await putByOthers('c', 2_000);
  expect([await next(), asked()]).toEqual([5_000, 2]);
  await world.pass(500);
  expect([await next(), asked()]).toEqual([2_000, 3]);
  await removeWork(world.database, 'b', 'c');
  await world.pass(500);
  expect(await next()).toBe(Infinity);
});

it('does not wait for what is due already', async () => {
  await using world = await createMemoryWorld();
  const { due, at, next } = stage(world);
  due.put('a', at(1_000));
  due.put('a', at(0));
  expect(await next()).toBe(Infinity);
});
