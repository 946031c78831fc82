import { randomUUID } from 'node:crypto';
import { after } from '../clock/after.ts';
import type { Clock } from '../ports/clock.ts';
import type { Database, Queryable } from '../ports/database.ts';
import type { Handle, Work, WorkQueue } from '../ports/work-queue.ts';
import { BEAT, type Claim, PgBossJobs, type PgBossOptions, REST } from './pg-boss-jobs.ts';
import { allWork, findWork, nextDueTime, putWork, removeWork } from './work-table.ts';

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
/** Milliseconds after a due time at which to look: it counts from the moment at which the database stored it. */
const LATE = 25;

/** A handler that knows whether its claim is lost. */
type Bound = (work: Work) => Promise<void>;

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
  }

  async enqueue(tx: Queryable, work: readonly Work[]): Promise<void> {
    const { jobs, clock } = this.#ports;
    for (const each of work) {
      await putWork(tx, { ...each, stamp: randomUUID() });
      await jobs.wake(tx, each.id, each.dueAt - clock.now());
    }
  }

  /** The wake-up stays: it finds nothing, and keeps the id from being delivered before its handler has ended. */
  async complete(tx: Queryable, ids: readonly string[]): Promise<void> {
    for (const id of ids) await removeWork(tx, id);
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
    for (const { id, dueAt } of await allWork(database)) await jobs.wake(null, id, dueAt - clock.now());
  }

  /** What this process leaves undone is for the others, now. */
  async #handOver(): Promise<void> {
    const { database, jobs } = this.#ports;
    for (const [id, stamp] of this.#left) {
      const work = await findWork(database, id);
      if (work?.stamp === stamp) await jobs.wake(null, id, 0);
    }
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
    if (room === 0) return;
    const claims = await jobs.take(room);
    for (const claim of claims) this.#keep(claim, handle);
    const taken = clock.running();
    const next = (await nextDueTime(database, clock.now())) ?? Infinity;
    this.#armLook(Math.min(next + LATE - clock.now(), taken + LOOK - clock.running()));
  }

  #keep(claim: Claim, handle: Handle): void {
    // Taken from this process while it stood still, and by it again: the same id, one after the other all the same.
    const earlier = this.#inFlight.get(claim.work) ?? Promise.resolve();
    const lost = new AbortController();
    const delivery = earlier
      .then(() => this.#deliver(claim, (work) => handle(work, lost.signal)))
      .catch((error: unknown) => this.#ports.onError(error, null))
      .finally(() => {
        this.#claims.delete(claim);
        if (this.#inFlight.get(claim.work) === delivery) this.#inFlight.delete(claim.work);
        this.nudge();
      });
    this.#claims.set(claim, { delivery, lost });
    this.#inFlight.set(claim.work, delivery);
  }

  async #deliver(claim: Claim, handle: Bound): Promise<void> {
    const { database, clock, jobs } = this.#ports;
    if (this.#stopping !== null) return await jobs.giveBack(claim);
    const found = await findWork(database, claim.work);
    if (found === null) return await jobs.finish(claim);
    const early = found.dueAt - clock.now();
    if (early > 0) {
      // Moved since, or this process' clock is behind the one that enqueued it.
      await jobs.wake(null, claim.work, early);
      return await jobs.finish(claim);
    }
    const { stamp, ...work } = found;
    if (await this.#handled(work, handle)) {
      await this.#noteLeft(work.id, stamp);
      await jobs.finish(claim);
    } else {
      await database.transaction(async (tx) => await jobs.rest(tx, claim));
      after(clock, REST * 1_000 + LATE, () => this.nudge());
    }
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

  async #noteLeft(id: string, stamp: string): Promise<void> {
    const left = await findWork(this.#ports.database, id);
    if (left?.stamp === stamp) this.#left.set(id, stamp);
    else this.#left.delete(id);
  }

  #armLook(ms: number): void {
    this.#cancelLook();
    if (this.#stopping !== null) return;
    this.#cancelLook = after(this.#ports.clock, ms, () => this.nudge());
  }

  #beat(ms = BEAT): void {
    // In running time, as all of this: with a clock that was set back it would be silent for an hour, and taken for dead.
    this.#cancelBeat = after(this.#ports.clock, ms, () => {
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
