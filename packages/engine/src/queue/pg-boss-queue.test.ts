import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, it, vi } from 'vitest';
import { createSystemClock } from '../clock/system-clock.ts';
import type { Database, Queryable } from '../ports/database.ts';
import type { Work } from '../ports/work-queue.ts';
import { openPostgresDatabase } from '../store/postgres/postgres-database.ts';
import { createPgBossWorld } from '../testing/postgres-world.ts';
import {
  breakConnections,
  createBareDatabase,
  createTestDatabase,
  describeOnPostgres,
} from '../testing/test-postgres.ts';
import { createPgBossQueue, type PgBossQueueOptions } from './pg-boss-queue.ts';

const TAKE_WORK = join(import.meta.dirname, '../testing/children/take-work.ts');
const PATIENCE = { timeout: 8_000, interval: 5 };

const workAt = (id: string, dueAt = 0): Work => ({ id, launch: 'shop-1', effect: null, dueAt });

const NOBODY: Database = {
  query: () => Promise.reject(new Error('nobody asks for this')),
  transaction: () => Promise.reject(new Error('nobody asks for this')),
  close: async () => {},
};

/** One replica in real time, on the database at this URL. */
async function replica(url: string, options: PgBossQueueOptions = {}) {
  const database = await openPostgresDatabase(url);
  const queue = await createPgBossQueue({ database, url, clock: createSystemClock() }, options);
  return {
    database,
    queue,
    put: async (...work: readonly Work[]) => {
      await database.transaction(async (tx) => await queue.enqueue(tx, work));
      queue.nudge();
    },
    complete: async ({ id }: Work) => await database.transaction(async (tx) => await queue.complete(tx, [id])),
    [Symbol.asyncDispose]: async () => {
      await queue.stop();
      await database.close();
    },
  };
}

describeOnPostgres('the queue on pg-boss', () => {
  it('has no more handlers at work than told, and gets through everything', async () => {
    await using test = await createTestDatabase();
    await using one = await replica(test.url, { concurrency: 5 });
    const door = Promise.withResolvers<void>();
    let [begun, done] = [0, 0];
    await one.put(...Array.from({ length: 40 }, (_, index) => workAt(`w${index}`)));
    await one.queue.start(async (work) => {
      begun += 1;
      await door.promise;
      await one.complete(work);
      done += 1;
    });
    await vi.waitFor(() => expect(begun).toBe(5), PATIENCE);
    await one.put(workAt('one more'));
    expect(begun).toBe(5);
    door.resolve();
    await vi.waitFor(() => expect(done).toBe(41), PATIENCE);
  });

  it.each([0, -1, 1.5, Number.NaN, Infinity])('refuses a concurrency of %d', async (concurrency) => {
    const ports = { database: NOBODY, url: 'postgres://nobody@127.0.0.1:1/none', clock: createSystemClock() };
    await expect(createPgBossQueue(ports, { concurrency })).rejects.toThrow(RangeError);
  });

  it('says which database does not answer, without its password', async () => {
    const ports = { database: NOBODY, url: 'postgres://nobody:s3cret@127.0.0.1:1/none', clock: createSystemClock() };
    const refused = createPgBossQueue(ports);
    await expect(refused).rejects.toMatchObject({ name: 'StorageError', code: 'cannot-open' });
    await expect(refused).rejects.not.toThrow(/s3cret/);
  });

  it('makes its tables when several replicas begin at the same time', async () => {
    const bare = await createBareDatabase();
    const opened = await Promise.allSettled([replica(bare), replica(bare), replica(bare)]);
    expect(opened.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'fulfilled']);
    for (const each of opened) if (each.status === 'fulfilled') await each.value[Symbol.asyncDispose]();
  }, 30_000);

  it('shares the work: nothing is handled twice, and the same id never at the same time', async () => {
    await using test = await createTestDatabase();
    await using one = await replica(test.url, { concurrency: 8 });
    await using two = await replica(test.url, { concurrency: 8 });
    const replicas = [one, two];
    const [running, handled] = [new Set<string>(), new Map<string, number>()];
    let overlaps = 0;
    for (const { queue, complete } of replicas) {
      await queue.start(async (work) => {
        if (running.has(work.id)) overlaps += 1;
        running.add(work.id);
        handled.set(work.id, (handled.get(work.id) ?? 0) + 1);
        await complete(work);
        running.delete(work.id);
      });
    }
    const all = Array.from({ length: 60 }, (_, index) => workAt(`w${index}`));
    await Promise.all(replicas.map(async ({ put }) => await put(...all)));
    await vi.waitFor(() => expect(handled.size).toBe(60), PATIENCE);
    expect(overlaps).toBe(0);
    // What was enqueued a second time after it was completed is new work.
    expect(Math.max(...handled.values())).toBeLessThanOrEqual(2);
  });

  it('enqueues each work once, all in the same order: two processes that did otherwise would wait for each other', async () => {
    await using test = await createTestDatabase();
    await using one = await replica(test.url);
    const asked: string[] = [];
    await one.database.transaction(async (tx) => {
      const query: Queryable['query'] = async (sql, values = []) => {
        asked.push(JSON.stringify(values).replaceAll('\\', ''));
        return await tx.query(sql, values);
      };
      await one.queue.enqueue(
        { query },
        ['c', 'a', 'b', 'a'].map((id) => workAt(id)),
      );
    });
    const order = (text: string) => text.match(/"[abc]"/g)?.filter((id, index, ids) => id !== ids[index - 1]);
    expect(asked.map(order)).toEqual([
      ['"a"', '"b"', '"c"'],
      ['"a"', '"b"', '"c"'],
    ]);
    const waiting = 'select count(*) as jobs, count(distinct singleton_key) as works from slipway_queue.job';
    expect(await one.database.query(waiting)).toEqual([{ jobs: 3, works: 3 }]);
  });

  it('hands what it leaves undone to the others when it stops', async () => {
    await using test = await createTestDatabase();
    await using one = await replica(test.url);
    await using two = await replica(test.url);
    const replicas = [one, two];
    const seen: (typeof replicas)[number][] = [];
    for (const each of replicas) {
      await each.queue.start(async (work) => {
        seen.push(each);
        if (seen.length > 1) await each.complete(work);
      });
    }
    await one.put(workAt('cut off'));
    await vi.waitFor(() => expect(seen).toHaveLength(1), PATIENCE);
    await seen[0]?.queue.stop();
    await vi.waitFor(() => expect(seen).toHaveLength(2), PATIENCE);
    expect(seen[1]).not.toBe(seen[0]);
  });

  it('goes on when all of its connections were broken', async () => {
    await using test = await createTestDatabase();
    const errors: unknown[] = [];
    await using one = await replica(test.url, { onError: (error) => errors.push(error) });
    const seen: string[] = [];
    await one.queue.start(async (work) => {
      await one.complete(work);
      seen.push(work.id);
    });
    expect(await breakConnections(test.url, '')).toBeGreaterThan(0);
    await vi.waitFor(async () => await one.put(workAt('after')), PATIENCE);
    await vi.waitFor(() => expect(seen).toContain('after'), PATIENCE);
  });

  it('makes up at the next start for whatever pg-boss has lost', async () => {
    await using world = await createPgBossWorld();
    const first = await world.open();
    await world.database.transaction(
      async (tx) => await first.enqueue(tx, [workAt('now', world.now()), workAt('later', world.now() + 5_000)]),
    );
    await world.database.query('delete from slipway_queue.job');
    const next = await world.open();
    const seen: string[] = [];
    await next.start(async ({ id }) => {
      seen.push(id);
      await world.database.transaction(async (tx) => await next.complete(tx, [id]));
    });
    await world.settle();
    expect(seen).toEqual(['now']);
    await world.pass(5_250);
    expect(seen).toEqual(['now', 'later']);
  });

  it('keeps what is handled for days', async () => {
    await using world = await createPgBossWorld();
    const queue = await world.open();
    const door = Promise.withResolvers<void>();
    let deliveries = 0;
    await queue.start(async () => {
      deliveries += 1;
      await door.promise;
    });
    await world.database.transaction(async (tx) => await queue.enqueue(tx, [workAt('soak', world.now())]));
    queue.nudge();
    await world.settle();
    await world.pass(60_000);
    const sql = 'select state::text, retry_count, expire_seconds / 86400 as days from slipway_queue.job';
    expect(await world.database.query(sql)).toEqual([{ state: 'active', retry_count: 0, days: 3_650 }]);
    expect(deliveries).toBe(1);
    door.resolve();
  });

  it('gives to another process what a killed one had taken', async () => {
    await using test = await createTestDatabase();
    await using survivor = await replica(test.url);
    await survivor.put(workAt('taken'), workAt('taken too'));
    const child = spawn(process.execPath, [TAKE_WORK], { stdio: ['pipe', 'pipe', 'inherit'] });
    const exit = once(child, 'exit');
    child.stdin.write(`${test.url}\n`);
    const taken = new Set<string>();
    for await (const line of createInterface(child.stdout)) {
      if (line !== '') taken.add(line);
      if (taken.size === 2) break;
    }
    const seen: string[] = [];
    await survivor.queue.start(async (work) => {
      seen.push(work.id);
      await survivor.complete(work);
    });
    child.kill('SIGKILL');
    await exit;
    // That it takes no longer than twelve seconds is held in virtual time, by the conformance suite.
    await vi.waitFor(() => expect(seen.toSorted()).toEqual(['taken', 'taken too']), { timeout: 30_000, interval: 20 });
  }, 60_000);
});
