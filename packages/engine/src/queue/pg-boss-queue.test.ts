import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, it, vi } from 'vitest';
import { createSystemClock } from '../clock/system-clock.ts';
import type { Database, Queryable } from '../ports/database.ts';
import { CannotGoOn, TAKE_OVER, type Work } from '../ports/work-queue.ts';
import { openPostgresDatabase } from '../store/postgres/postgres-database.ts';
import { createPgBossWorld } from '../testing/postgres-world.ts';
import {
  asSuperuser,
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

  it('never handles at once in two processes what one went on with, whoever enqueues it meanwhile', async () => {
    await using test = await createTestDatabase();
    await using one = await replica(test.url);
    await using two = await replica(test.url);
    const door = Promise.withResolvers<void>();
    const [seen, running]: [string[], Set<string>] = [[], new Set()];
    let overlaps = 0;
    const chain = ['first', 'second', 'third'].map((id) => workAt(id));
    await one.queue.start(async (work) => {
      let at = work;
      for (const to of chain.slice(1)) {
        if (work.id !== 'first') break;
        await one.database.transaction(async (tx) => await one.queue.goOn(tx, { from: at.id, to }));
        at = to;
      }
      running.add(at.id);
      await door.promise;
      running.delete(at.id);
      await one.complete(at);
    });
    await one.put(workAt('first'));
    await vi.waitFor(() => expect(running).toContain('third'), PATIENCE);
    await two.queue.start(async (work) => {
      seen.push(work.id);
      if (running.has(work.id)) overlaps += 1;
      await two.complete(work);
    });
    await two.put(workAt('third'), workAt('beside'));
    // A while in which it would have come.
    for (let round = 0; round < 5; round += 1) {
      await two.put(workAt(`after ${round}`));
      await vi.waitFor(() => expect(seen).toContain(`after ${round}`), PATIENCE);
    }
    expect([seen.includes('third'), overlaps]).toEqual([false, 0]);
    door.resolve();
    await vi.waitFor(async () => expect(await one.database.query('select id from work')).toEqual([]), PATIENCE);
    expect(overlaps).toBe(0);
  });

  it('goes on with nothing once another process has what it had', async () => {
    await using test = await createTestDatabase();
    // With all of its room in use it does not take the work itself.
    await using stalled = await replica(test.url, { concurrency: 1 });
    await using other = await replica(test.url);
    const door = Promise.withResolvers<void>();
    const refused: unknown[] = [];
    await stalled.queue.start(async () => {
      await door.promise;
      const goingOn = { from: 'taken', to: workAt('next') };
      await stalled.database
        .transaction(async (tx) => await stalled.queue.goOn(tx, goingOn))
        .catch((error: unknown) => refused.push(error));
    });
    await stalled.put(workAt('taken'));
    const active = "select id from slipway_queue.job where state = 'active'";
    await vi.waitFor(async () => expect(await stalled.database.query(active)).toHaveLength(1), PATIENCE);
    // As pg-boss gives back what nobody gave a sign of.
    await stalled.database.query("update slipway_queue.job set state = 'retry' where state = 'active'");
    const kept = Promise.withResolvers<void>();
    let taken = 0;
    await other.queue.start(async () => {
      taken += 1;
      await kept.promise;
    });
    await vi.waitFor(() => expect(taken).toBe(1), PATIENCE);
    door.resolve();
    await vi.waitFor(() => expect(refused).toHaveLength(1), PATIENCE);
    expect(refused[0]).toBeInstanceOf(CannotGoOn);
    expect(await other.database.query('select id from work')).toEqual([{ id: 'taken' }]);
    kept.resolve();
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

  it('leaves a process that stands still and keeps its connections to the heartbeat', async () => {
    await using world = await createPgBossWorld();
    const first = await world.open();
    const door = Promise.withResolvers<void>();
    let lost = false;
    await first.start(async (_, signal) => {
      signal.addEventListener('abort', () => (lost = true));
      await door.promise;
    });
    await world.database.transaction(async (tx) => await first.enqueue(tx, [workAt('taken', world.now())]));
    first.nudge();
    await world.settle();
    const second = await world.open('stalled');
    const seen: string[] = [];
    await second.start(async ({ id }) => {
      seen.push(id);
      await world.database.transaction(async (tx) => await second.complete(tx, [id]));
    });
    await world.pass(9_000);
    expect(seen).toEqual([]);
    await world.pass(TAKE_OVER - 9_000);
    expect([seen, lost]).toEqual([['taken'], false]);
    door.resolve();
  });

  it('stops what it has when others may take it for dead, gives it back, and takes work all the same', async () => {
    await using test = await createTestDatabase();
    await using one = await replica(test.url);
    const begun: string[] = [];
    await one.queue.start(async (work, lost) => {
      begun.push(work.id);
      if (begun.length === 1) await once(lost, 'abort');
      else await one.complete(work);
    });
    await one.put(workAt('taken'));
    await vi.waitFor(() => expect(begun).toEqual(['taken']), PATIENCE);
    const name = new URL(test.url).pathname.slice(1);
    // The pool's connections stay; no new one is let in.
    await asSuperuser(`alter database ${name} with allow_connections false`);
    expect(await breakConnections(test.url, 'slipway life')).toBe(1);
    // Twice: it was not finished, though its handler has ended without an error.
    await vi.waitFor(() => expect(begun).toEqual(['taken', 'taken']), PATIENCE);
    await asSuperuser(`alter database ${name} with allow_connections true`);
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
    // Without a heartbeat that is waited for: its ten seconds are not over.
    await vi.waitFor(() => expect(seen.toSorted()).toEqual(['taken', 'taken too']), PATIENCE);
  }, 60_000);
});
