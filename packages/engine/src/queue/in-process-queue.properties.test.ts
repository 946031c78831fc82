import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Database } from '../ports/database.ts';
import type { Work, WorkQueue } from '../ports/work-queue.ts';
import { createMemoryWorld, type SqliteWorld } from '../testing/sqlite-world.ts';
import { createInProcessQueue } from './in-process-queue.ts';

const HOUR = 3_600_000;
/** Milliseconds after a rejection, or an error of the database, in which nothing has to come. */
const REST = 1_000;
/** Less than the time after which the queue reads everything again: nothing may be left to that. */
const LONGEST = 9_900;

const id = fc.constantFrom('a', 'b', 'c');
const due = fc.constantFrom(-HOUR, 0, 0, 150, HOUR);
const deed = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('put' as const), id, due, takeBack: fc.boolean() }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('complete' as const), id, takeBack: fc.boolean() }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('end' as const), id, well: fc.boolean() }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('pass' as const), ms: fc.constantFrom(1, 150, 1_000) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('set the clock' as const), by: fc.constantFrom(-HOUR, HOUR) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('break' as const), broken: fc.boolean() }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('settle' as const) }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('go on' as const), steps: fc.nat(20) }) },
);
type Deed = typeof deed extends fc.Arbitrary<infer T> ? T : never;

/** A queue under random use, and what it owes. */
class Play {
  readonly world: SqliteWorld;
  readonly queue: WorkQueue;
  readonly #concurrency: number;
  readonly #inFlight = new Map<string, PromiseWithResolvers<void>>();
  /** Enqueued, or rejected, since it was delivered last. */
  readonly #owed = new Set<string>();
  readonly #restUntil = new Map<string, number>();
  readonly #started: Promise<unknown>[] = [];
  /** What it did that it must not, and what it did not. */
  readonly wrongs: string[] = [];
  #broken = false;
  #healedAt = -REST;

  constructor(world: SqliteWorld, concurrency: number) {
    this.world = world;
    this.#concurrency = concurrency;
    this.queue = createInProcessQueue(this.#breaking(world.database), world.clock, { concurrency });
  }

  async start(): Promise<void> {
    await this.queue.start((work) => this.#take(work));
  }

  async do(the: Deed): Promise<void> {
    const { clock } = this.world;
    switch (the.do) {
      case 'put':
        return this.#write(the.id, clock.now() + the.due, the.takeBack);
      case 'complete':
        return this.#write(the.id, null, the.takeBack);
      case 'end':
        return this.#end(the.id, the.well);
      case 'pass':
        return clock.running() + the.ms < LONGEST ? await this.world.pass(the.ms) : undefined;
      case 'set the clock':
        clock.set(the.by);
        return this.queue.nudge();
      case 'break':
        if (this.#broken) this.#healedAt = clock.running();
        this.#broken = the.broken;
        return;
      case 'settle':
        return await this.check();
      case 'go on':
        for (let step = 0; step < the.steps; step += 1) await Promise.resolve();
    }
  }

  /** Everything that is due and owed is under way, or rests, or there is no room. */
  async check(): Promise<void> {
    await Promise.allSettled(this.#started.splice(0));
    await this.world.settle();
    const now = this.world.clock.running();
    if (this.#broken || now < this.#healedAt + REST || this.#inFlight.size === this.#concurrency) return;
    const due = await this.world.database.query('select id from work where due_at <= ?1', [this.world.now()]);
    const missed = due
      .map((row) => String(row['id']))
      .filter((each) => this.#owed.has(each) && !this.#inFlight.has(each))
      .filter((each) => (this.#restUntil.get(each) ?? now) <= now);
    this.wrongs.push(...missed.map((each) => `${each} is overlooked`));
  }

  async stop(): Promise<void> {
    const stopping = this.queue.stop();
    for (const each of this.#inFlight.keys()) this.#end(each, true);
    await stopping;
  }

  #take(work: Work): Promise<void> {
    if (this.#inFlight.has(work.id)) this.wrongs.push(`${work.id} came twice at once`);
    const delivery = Promise.withResolvers<void>();
    this.#inFlight.set(work.id, delivery);
    if (this.#inFlight.size > this.#concurrency) this.wrongs.push('more came than there is room for');
    this.#owed.delete(work.id);
    return delivery.promise;
  }

  #end(which: string, well: boolean): void {
    const delivery = this.#inFlight.get(which);
    this.#inFlight.delete(which);
    if (delivery === undefined || well) return delivery?.resolve();
    this.#owed.add(which);
    this.#restUntil.set(which, this.world.clock.running() + REST);
    delivery.reject(new Error('out of order'));
  }

  /** Not waited for: the next deed may come in its middle. */
  #write(which: string, due: number | null, takeBack: boolean): void {
    const written = this.world.database.transaction(async (tx) => {
      if (due === null) await this.queue.complete(tx, [which]);
      else await this.queue.enqueue(tx, [{ id: which, launch: 'shop-1', effect: null, dueAt: due }]);
      if (takeBack) throw new Error('taken back');
      if (due !== null) this.#owed.add(which);
    });
    this.#started.push(written.catch(() => null).finally(() => this.queue.nudge()));
  }

  #breaking(database: Database): Database {
    return {
      query: async (sql, values) => {
        const rows = await database.query(sql, values);
        if (this.#broken) throw new Error('input/output error');
        return rows;
      },
      transaction: async (work) => await database.transaction(work),
      close: async () => await database.close(),
    };
  }
}

test('whatever happens in whatever order, nothing that is due is overlooked, and nothing comes twice at once', async () => {
  const deeds = fc.array(deed, { size: 'max', maxLength: 100 });
  await fc.assert(
    fc.asyncProperty(deeds, fc.constantFrom(1, 2, 64), async (all, concurrency) => {
      await using world = await createMemoryWorld();
      const play = new Play(world, concurrency);
      await play.start();
      for (const the of all) await play.do(the);
      await play.check();
      await play.stop();
      expect(play.wrongs).toEqual([]);
    }),
    { numRuns: 300 },
  );
}, 60_000);
