import { describe, expect, it } from 'vitest';
import type { Database, SqlValue } from '../ports/database.ts';
import type { Work, WorkQueue } from '../ports/work-queue.ts';
import { createMemoryWorld, type SqliteWorld } from '../testing/sqlite-world.ts';
import { createInProcessQueue } from './in-process-queue.ts';
import { putWork } from './work-table.ts';

/** How often the queue reads everything, in milliseconds. */
const READ_ALL = 10_000;

const workAt = (id: string, dueAt: number): Work => ({ id, launch: 'shop-1', effect: null, dueAt });

const put = async ({ database }: SqliteWorld, queue: WorkQueue, work: readonly Work[]) => {
  await database.transaction(async (tx) => await queue.enqueue(tx, work));
  queue.nudge();
};

const completing =
  ({ database }: SqliteWorld, queue: WorkQueue) =>
  async (work: Work) =>
    await database.transaction(async (tx) => await queue.complete(tx, [work.id]));

describe('the queue in the process', () => {
  it.each([1, 3, 64])('has no more than %d handlers at work, and gets through everything', async (concurrency) => {
    await using world = await createMemoryWorld();
    const queue = createInProcessQueue(world.database, world.clock, { concurrency });
    const complete = completing(world, queue);
    let [running, most, done] = [0, 0, 0];
    const all = Array.from({ length: 200 }, (_, index) => workAt(`w${index}`, world.now() - index));
    await put(world, queue, all);
    await queue.start(async (work) => {
      most = Math.max(most, ++running);
      await world.clock.sleep(10);
      await complete(work);
      running -= 1;
      done += 1;
    });
    await world.pass(10_000);
    expect({ most, done }).toEqual({ most: concurrency, done: 200 });
    await queue.stop();
  });

  it('has 64 handlers at work unless told otherwise', async () => {
    await using world = await createMemoryWorld();
    const queue = createInProcessQueue(world.database, world.clock);
    const door = Promise.withResolvers<void>();
    let running = 0;
    await put(
      world,
      queue,
      Array.from({ length: 100 }, (_, index) => workAt(`w${index}`, world.now())),
    );
    await queue.start(async () => {
      running += 1;
      await door.promise;
    });
    await world.settle();
    expect(running).toBe(64);
    door.resolve();
    await world.settle();
    expect(running).toBe(100);
    await queue.stop();
  });

  it.each([0, -1, 1.5, Number.NaN, Infinity])('refuses a concurrency of %d', async (concurrency) => {
    await using world = await createMemoryWorld();
    expect(() => createInProcessQueue(world.database, world.clock, { concurrency })).toThrow(RangeError);
  });

  it('arms one timer, for the next due time, and none when nothing waits or it has stopped', async () => {
    await using world = await createMemoryWorld();
    const queue = createInProcessQueue(world.database, world.clock);
    const [start, complete] = [world.now(), completing(world, queue)];
    await queue.start(complete);
    const readAll = start + READ_ALL;
    expect(world.clock.waiting()).toEqual([readAll]);
    await put(world, queue, [workAt('b', start + 2_000), workAt('c', start + 3_000)]);
    await put(world, queue, [workAt('a', start + 1_000)]);
    await world.settle();
    expect(world.clock.waiting()).toEqual([start + 1_000, readAll]);
    await world.pass(1_500);
    expect(world.clock.waiting()).toEqual([start + 2_000, readAll]);
    await queue.stop();
    expect(world.clock.waiting()).toEqual([]);
  });

  it('finds what is new behind any number of works that were handled and left', async () => {
    await using world = await createMemoryWorld();
    const queue = createInProcessQueue(world.database, world.clock, { concurrency: 2 });
    const seen: string[] = [];
    const left = Array.from({ length: 50 }, (_, index) => workAt(`left${index}`, world.now() - 1_000));
    await put(world, queue, left);
    await queue.start(async (work) => void seen.push(work.id));
    await world.settle();
    await world.pass(0);
    expect(seen).toHaveLength(50);
    await put(world, queue, [workAt('new', world.now())]);
    await world.settle();
    expect(seen.at(-1)).toBe('new');
    await queue.stop();
  });

  it('tells of handlers that reject', async () => {
    await using world = await createMemoryWorld();
    const told: unknown[] = [];
    const onError = (error: unknown, work: Work | null) => told.push([String(error), work?.id]);
    const queue = createInProcessQueue(world.database, world.clock, { onError });
    await put(world, queue, [workAt('bad', world.now())]);
    await queue.start(async () => await Promise.reject(new Error('out of order')));
    await world.settle();
    expect(told).toEqual([['Error: out of order', 'bad']]);
    await queue.stop();
  });

  it('tells of a database that does not answer, and asks it again after a second', async () => {
    await using world = await createMemoryWorld();
    const told: unknown[] = [];
    let broken = true;
    const database = asking(world.database, async () => {
      if (broken) throw new Error('input/output error');
    });
    const onError = (error: unknown, work: Work | null) => told.push([String(error), work]);
    const queue = createInProcessQueue(database, world.clock, { onError });
    const seen: string[] = [];
    await put(world, queue, [workAt('patient', world.now())]);
    await queue.start(async (work) => void seen.push(work.id));
    await world.pass(1_500);
    expect(told).toEqual([
      ['Error: input/output error', null],
      ['Error: input/output error', null],
    ]);
    broken = false;
    await world.pass(1_000);
    expect(seen).toEqual(['patient']);
    await queue.stop();
  });

  it('sees a nudge at any moment, also when a look is just ending', async () => {
    await using world = await createMemoryWorld();
    const queue = createInProcessQueue(world.database, world.clock);
    const complete = completing(world, queue);
    const seen: string[] = [];
    await queue.start(async (work) => {
      seen.push(work.id);
      await complete(work);
    });
    for (let steps = 0; steps < 60; steps += 1) {
      const id = `after ${steps} steps`;
      // This look finds nothing; the nudge that matters comes at another step of it each time.
      queue.nudge();
      for (let step = 0; step < steps; step += 1) await Promise.resolve();
      await world.database.transaction(async (tx) => await queue.enqueue(tx, [workAt(id, world.now())]));
      queue.nudge();
      await world.settle();
      expect(seen.at(-1)).toBe(id);
    }
    await queue.stop();
  });

  it('does not deliver from an answer that is older than the completion', async () => {
    await using world = await createMemoryWorld();
    const door = Promise.withResolvers<void>();
    const held = Promise.withResolvers<void>();
    let looks = 0;
    const database = asking(world.database, async (sql) => {
      if (!isLook(sql) || ++looks !== 2) return;
      held.resolve();
      await door.promise;
    });
    const queue = createInProcessQueue(database, world.clock);
    const seen: string[] = [];
    await queue.start(async (work) => void seen.push(work.id));
    await put(world, queue, [workAt('completed', world.now())]);
    await held.promise;
    await world.database.transaction(async (tx) => await queue.complete(tx, ['completed']));
    door.resolve();
    await world.settle();
    expect(seen).toEqual([]);
    await queue.stop();
  });

  it('forgets what is completed: looks do not grow', async () => {
    await using world = await createMemoryWorld();
    const limits: unknown[] = [];
    const database = asking(world.database, async (sql, values) => {
      if (sql.includes(' limit ')) limits.push(values.at(-1));
    });
    const queue = createInProcessQueue(database, world.clock, { concurrency: 4 });
    await queue.start(completing(world, queue));
    await put(
      world,
      queue,
      Array.from({ length: 100 }, (_, index) => workAt(`w${index}`, world.now())),
    );
    await world.settle();
    await world.settle();
    expect(await world.queued()).toEqual([]);
    await world.pass(READ_ALL);
    expect(new Set(limits)).toEqual(new Set([4]));
    await queue.stop();
  });

  it.each([0, 500])('does not read again what is under way and has not changed: beside %d', async (underWay) => {
    await using world = await createMemoryWorld();
    let read = 0;
    const database = asking(world.database, async (sql, _values, rows) => {
      if (isLook(sql)) read += rows;
    });
    const queue = createInProcessQueue(database, world.clock, { concurrency: 1_000 });
    const door = Promise.withResolvers<void>();
    await put(
      world,
      queue,
      Array.from({ length: underWay }, (_, index) => workAt(`slow${index}`, 0)),
    );
    await queue.start(async (work) => {
      if (work.id.startsWith('slow')) await door.promise;
      else await completing(world, queue)(work);
    });
    await world.settle();
    expect(read).toBe(underWay);
    for (let index = 0; index < 50; index += 1) {
      await put(world, queue, [workAt(`quick${index}`, 0)]);
      await world.settle();
    }
    expect(read).toBe(underWay + 50);
    door.resolve();
    await queue.stop();
  });

  it('finds within ten seconds what it was never told of', async () => {
    await using world = await createMemoryWorld();
    const queue = createInProcessQueue(world.database, world.clock);
    const seen: string[] = [];
    await queue.start(async (work) => void seen.push(work.id));
    for (const id of ['first', 'second']) {
      await putWork(world.database, { ...workAt(id, 0), stamp: id, carrier: null });
      queue.nudge();
      await world.pass(10_000);
      await world.settle();
      expect(seen.at(-1)).toBe(id);
    }
    await queue.stop();
  });
});

const isLook = (sql: string): boolean => sql.startsWith('select id, launch');

type Asked = (sql: string, values: readonly SqlValue[], rows: number) => Promise<void>;

/** The same database; `asked` sees each query after it was answered, and may hold the answer back. */
function asking(database: Database, asked: Asked): Database {
  return {
    query: async (sql, values = []) => {
      const rows = await database.query(sql, values);
      await asked(sql, values, rows.length);
      return rows;
    },
    transaction: async (work) => await database.transaction(work),
    close: async () => await database.close(),
  };
}
