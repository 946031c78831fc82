import { randomUUID } from 'node:crypto';
import type { Clock } from '../ports/clock.ts';
import type { Database, Queryable } from '../ports/database.ts';
import type { Handle, Work, WorkQueue } from '../ports/work-queue.ts';
import { BEAT, type Claim, PgBossJobs, type PgBossOptions, REST } from './pg-boss-jobs.ts';
import { parts } from '../store/parts.ts';
import { together } from '../store/together.ts';
import { DueTimes } from './due-times.ts';
import { Gathered } from './gathered.ts';
import { allWork, findWork, putWork, readWork, removeWork, type StampedWork } from './work-table.ts';

export interface PgBossQueueOptions extends PgBossOptions {
  /** How many handlers run at once in this process. */
  readonly concurrency?: number;
  /** Told of a handler that rejected, and (work null) of a database that did not answer. Both are tried again. */
  readonly onError?: (error: unknown, work: Work | null) => void;
}

export interface PgBossPorts {
  /** Of openPostgresDatabase, at `url`. */
  readonly database: Database;
  readonly url: string;
  readonly clock: Clock;
}

/**
 * For a PostgreSQL that any number of processes share. The work table says what is wanted, as in one process; pg-boss says who has
 * taken it. What a process had taken that dies is delivered by another one within twelve seconds.
 * A process that stood still for longer than ten seconds may find that another one has its work: the log's versions hold it off.
 * Rejects with StorageError when the database cannot be used.
 */
export async function createPgBossQueue(ports: PgBossPorts, options: PgBossQueueOptions = {}): Promise<WorkQueue> {
  const { concurrency = 64, onError = () => {} } = options;
  if (!Number.isSafeInteger(concurrency) || concurrency < 1) throw new RangeError('concurrency must be 1 or more');
  const jobs = await PgBossJobs.open(ports.url, options, (error) => onError(error, null));
  return new PgBossQueue({ ...ports, jobs, concurrency, onError });
}

interface Ports extends Omit<PgBossPorts, 'url'> {
  readonly jobs: PgBossJobs;
  readonly concurrency: number;
  readonly onError: (error: unknown, work: Work | null) => void;
}

/** Milliseconds between two looks when nothing else is known: others may have left work behind. */
const LOOK = 500;
/** How many are taken at a time; where there are as many, there may be more. */
const MOST_TAKEN = 100;
/** Milliseconds after a due time at which to look: it counts from the moment at which the database stored it. */
const LATE = 25;

/** A handler that knows whether its claim is lost. */
type Bound = (work: Work) => Promise<void>;

/** Rows of what was taken. */
type Found = Promise<readonly StampedWork[]>;

interface Taken {
  readonly handle: Handle;
  readonly found: Found;
}

interface Kept {
  readonly delivery: Promise<void>;
  readonly lost: AbortController;
}

class PgBossQueue implements WorkQueue {
  readonly #ports: Ports;
  /** Taken by this process, being handled or about to be. */
  readonly #claims = new Map<Claim, Kept>();
  /** The newest delivery of each work. */
  readonly #inFlight = new Map<string, Promise<void>>();
  /** What happened in this process to work while it was being handled. */
  readonly #during = new Map<string, 'completed' | 'enqueued'>();
  readonly #finishing: Gathered<Claim>;
  readonly #due: DueTimes;
  /** The last look found no room: whoever ends looks again. */
  #isFull = false;
  /** Handled without being completed: whose stamp is still this. */
  readonly #left = new Map<string, string>();
  #handle: Handle | null = null;
  #stopping: Promise<void> | null = null;
  #lookWanted = false;
  #looking: Promise<void> | null = null;
  #cancelLook: () => void = () => {};
  #cancelBeat: () => void = () => {};
  #isOver = false;

  constructor(ports: Ports) {
    this.#ports = ports;
    this.#finishing = new Gathered((claims) => ports.jobs.finish(ports.database, claims));
    this.#due = new DueTimes(ports.database, ports.clock);
  }

  async enqueue(tx: Queryable, work: readonly Work[]): Promise<void> {
    if (work.length === 0) return;
    const { jobs, clock } = this.#ports;
    const now = clock.now();
    // Of those of the same id the last one counts.
    const wanted = inOrder(new Map(work.map((each) => [each.id, { ...each, stamp: randomUUID() }])));
    const wishes = wanted.map(({ id, dueAt }) => ({ work: id, ms: dueAt - now }));
    await together(
      tx,
      () => putWork(tx, ...wanted),
      () => jobs.wake(tx, wishes),
    );
    for (const { id, dueAt } of wanted) {
      if (this.#inFlight.has(id)) this.#during.set(id, 'enqueued');
      this.#due.put(id, dueAt);
    }
  }

  /** The wake-up stays: it finds nothing, and keeps the id from being delivered before its handler has ended. */
  async complete(tx: Queryable, ids: readonly string[]): Promise<void> {
    await removeWork(tx, ...ids);
    for (const id of ids) {
      if (this.#inFlight.has(id)) this.#during.set(id, 'completed');
      this.#due.remove(id);
    }
  }

  async start(handle: Handle): Promise<void> {
    if (this.#handle !== null) throw new Error('This queue was started before.');
    this.#handle = handle;
    await this.#wakeAll();
    this.#beat();
    this.nudge();
    await this.#looking;
  }

  nudge(): void {
    this.#lookWanted = true;
    if (this.#handle === null || this.#stopping !== null) return;
    this.#looking ??= this.#lookWhileWanted(this.#handle);
  }

  async stop(): Promise<void> {
    this.#stopping ??= this.#stop();
    await this.#stopping;
  }

  async #stop(): Promise<void> {
    this.#cancelLook();
    await this.#looking;
    await Promise.all([...this.#claims.values()].map(({ delivery }) => delivery));
    this.#isOver = true;
    this.#cancelBeat();
    await this.#handOver().catch((error: unknown) => this.#ports.onError(error, null));
    await this.#ports.jobs.close();
  }

  /** The queue may have lost what the table has: whoever starts makes up for it. */
  async #wakeAll(): Promise<void> {
    const { database, clock, jobs } = this.#ports;
    const all = new Map((await allWork(database)).map((work) => [work.id, work]));
    const wishes = inOrder(all).map(({ id, dueAt }) => ({ work: id, ms: dueAt - clock.now() }));
    for (const some of parts(wishes)) await database.transaction(async (tx) => await jobs.wake(tx, some));
  }

  /** What this process leaves undone is for the others, now. */
  async #handOver(): Promise<void> {
    const { database, jobs } = this.#ports;
    const work = await readWork(database, [...this.#left.keys()]);
    const left = work.filter(({ id, stamp }) => this.#left.get(id) === stamp);
    await jobs.wake(
      null,
      left.map(({ id }) => ({ work: id, ms: 0 })),
    );
  }

  async #lookWhileWanted(handle: Handle): Promise<void> {
    while (this.#lookWanted && this.#stopping === null) {
      this.#lookWanted = false;
      try {
        await this.#look(handle);
      } catch (error) {
        this.#ports.onError(error, null);
        this.#armLook(LOOK);
      }
    }
    // Not a moment later: a nudge between the last question and this would find nobody.
    this.#looking = null;
  }

  /** Takes what is due as far as there is room. With no room the next handler to end looks again. */
  async #look(handle: Handle): Promise<void> {
    const { database, clock, concurrency, jobs } = this.#ports;
    const room = concurrency - this.#claims.size;
    this.#isFull = room === 0;
    if (room === 0) return;
    const most = Math.min(room, MOST_TAKEN);
    const claims = await jobs.take(database, most);
    const taken = clock.running();
    if (claims.length === most) this.#lookWanted = true;
    const found = readWork(
      database,
      claims.map(({ work }) => work),
    );
    // Told of by each delivery; those that wait for an earlier one read for themselves.
    found.catch(() => null);
    for (const claim of claims) this.#keep(claim, { handle, found });
    const next = await this.#due.next();
    this.#armLook(Math.min(next + LATE - clock.now(), taken + LOOK - clock.running()));
  }

  #keep(claim: Claim, { handle, found }: Taken): void {
    const lost = new AbortController();
    const bound: Bound = (work) => handle(work, lost.signal);
    // Taken from this process while it stood still, and by it again: the same id, one after the other all the same.
    const earlier = this.#inFlight.get(claim.work);
    const delivery = (
      earlier === undefined
        ? this.#deliver(claim, { bound, found })
        : earlier.then(() => this.#deliver(claim, { bound, found: readWork(this.#ports.database, [claim.work]) }))
    )
      .catch((error: unknown) => {
        this.#ports.onError(error, null);
        return true;
      })
      .then((again) => {
        this.#claims.delete(claim);
        if (this.#inFlight.get(claim.work) === delivery) this.#inFlight.delete(claim.work);
        if (again || this.#isFull) this.nudge();
      });
    this.#claims.set(claim, { delivery, lost });
    this.#inFlight.set(claim.work, delivery);
  }

  /** Resolves with whether there may be something to take because it has ended. */
  async #deliver(claim: Claim, { bound, found }: { readonly bound: Bound; readonly found: Found }): Promise<boolean> {
    const { database, clock, jobs } = this.#ports;
    const stamped = (await found).find(({ id }) => id === claim.work);
    if (this.#stopping !== null) {
      await jobs.giveBack(claim);
      return false;
    }
    const early = stamped === undefined ? 0 : stamped.dueAt - clock.now();
    // Moved since, or this process' clock is behind the one that enqueued it.
    if (early > 0) await jobs.wake(null, [{ work: claim.work, ms: early }]);
    if (stamped === undefined || early > 0) {
      await this.#finishing.add(claim);
      return true;
    }
    const { stamp, ...work } = stamped;
    if (await this.#handled(work, bound)) {
      const again = await this.#isWantedAgain(work.id, stamp);
      await this.#finishing.add(claim);
      return again;
    }
    this.#during.delete(work.id);
    await database.transaction(async (tx) => await jobs.rest(tx, claim));
    clock.after(REST * 1_000 + LATE, () => this.nudge());
    return true;
  }

  async #handled(work: Work, handle: Bound): Promise<boolean> {
    try {
      await handle(work);
      return true;
    } catch (error) {
      this.#ports.onError(error, work);
      return false;
    }
  }

  /** Whether it was enqueued again while it was handled. Notes what was left as it was. */
  async #isWantedAgain(id: string, stamp: string): Promise<boolean> {
    const during = this.#during.get(id);
    this.#during.delete(id);
    this.#left.delete(id);
    // Should that transaction have failed, and its handler not, the work stands in the table until the next start: no handler does so.
    if (during === 'completed') return false;
    const row = await findWork(this.#ports.database, id);
    if (row?.stamp === stamp) this.#left.set(id, stamp);
    return row !== null && row.stamp !== stamp;
  }

  #armLook(ms: number): void {
    this.#cancelLook();
    if (this.#stopping !== null) return;
    this.#cancelLook = this.#ports.clock.after(ms, () => this.nudge());
  }

  #beat(ms = BEAT): void {
    // In running time, as all of this: with a clock that was set back it would be silent for an hour, and taken for dead.
    this.#cancelBeat = this.#ports.clock.after(ms, () => {
      this.#beat();
      void this.#giveSign();
    });
  }

  /** A sign that did not get through says nothing of the claims; it is given again soon, before somebody takes us for dead. */
  async #giveSign(): Promise<void> {
    const { jobs, onError } = this.#ports;
    try {
      for (const claim of await jobs.beat([...this.#claims.keys()])) this.#claims.get(claim)?.lost.abort();
    } catch (error) {
      onError(error, null);
      if (this.#isOver) return;
      this.#cancelBeat();
      this.#beat(LOOK);
    }
  }
}

/** In an order that all keep to: two who change the same rows wait for each other, one behind the other. */
function inOrder<T>(byId: ReadonlyMap<string, T>): readonly T[] {
  return [...byId].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, each]) => each);
}
