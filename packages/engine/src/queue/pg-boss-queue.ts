import { randomUUID } from 'node:crypto';
import type { Clock } from '../ports/clock.ts';
import type { Database, Queryable } from '../ports/database.ts';
import { CannotGoOn, type GoingOn, type Handle, type Work, type WorkQueue } from '../ports/work-queue.ts';
import { PgBossJobs, type PgBossOptions, QUEUE_SCHEMA, type Wish } from './pg-boss-jobs.ts';
import { LATE, PgBossDeliveries } from './pg-boss-deliveries.ts';
import { parts } from '../store/parts.ts';
import { together } from '../store/together.ts';
import { DueTimes } from './due-times.ts';
import { Liveness } from './liveness.ts';
import { SignsOfLife } from './signs-of-life.ts';
import { allWork, claimOf, putWork, readWork, removeWork, replaceWork, type StampedWork } from './work-table.ts';

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
 * taken it. What a process had taken that dies is delivered by another one within five seconds, and of one that stands still within twelve.
 * A process that stood still for longer than ten seconds may find that another one has its work: the log's versions hold it off.
 * Rejects with StorageError when the database cannot be used.
 */
export async function createPgBossQueue(ports: PgBossPorts, options: PgBossQueueOptions = {}): Promise<WorkQueue> {
  const { concurrency = 64, onError = () => {} } = options;
  if (!Number.isSafeInteger(concurrency) || concurrency < 1) throw new RangeError('concurrency must be 1 or more');
  const told = (error: unknown): void => onError(error, null);
  const jobs = await PgBossJobs.open(ports.url, options, told);
  try {
    const liveness = await Liveness.open({
      ...ports,
      schema: options.queueSchema ?? QUEUE_SCHEMA,
      giveBack: (claims) => jobs.giveBack(claims),
      onError: told,
    });
    return new PgBossQueue({ ...ports, jobs, liveness, concurrency, onError });
  } catch (error) {
    await jobs.close();
    throw error;
  }
}

interface Ports extends Omit<PgBossPorts, 'url'> {
  readonly jobs: PgBossJobs;
  readonly liveness: Liveness;
  readonly concurrency: number;
  readonly onError: (error: unknown, work: Work | null) => void;
}

/** Milliseconds between two looks when nothing else is known: others may have left work behind. */
const LOOK = 500;
/** How many are taken at a time; where there are as many, there may be more. */
const MOST_TAKEN = 100;

class PgBossQueue implements WorkQueue {
  readonly #ports: Ports;
  readonly #deliveries: PgBossDeliveries;
  readonly #signs: SignsOfLife;
  readonly #due: DueTimes;
  /** The last look found no room: whoever ends looks again. */
  #isFull = false;
  #handle: Handle | null = null;
  #stopping: Promise<void> | null = null;
  #lookWanted = false;
  #looking: Promise<void> | null = null;
  #cancelLook: () => void = () => {};

  constructor(ports: Ports) {
    this.#ports = ports;
    const deliveries = new PgBossDeliveries({
      ...ports,
      holderOf: (claim) => ports.liveness.holderOf(claim),
      isStopping: () => this.#stopping !== null,
      onEnded: (again) => {
        if (again || this.#isFull) this.nudge();
      },
    });
    this.#deliveries = deliveries;
    this.#signs = new SignsOfLife({
      ...ports,
      claims: () => deliveries.claims(),
      onLost: (claim) => deliveries.lose(claim),
    });
    this.#due = new DueTimes(ports.database, ports.clock);
    ports.liveness.begin({ onGivenBack: () => this.nudge(), onLost: () => deliveries.loseNoted() });
  }

  async enqueue(tx: Queryable, work: readonly Work[]): Promise<void> {
    if (work.length === 0) return;
    const { jobs } = this.#ports;
    // Of those of the same id the last one counts.
    const newest = new Map(work.map((each) => [each.id, each]));
    const wanted = [...newest.values()].map((each) => this.#stamped(each)).toSorted(byName((each) => each.id));
    await together(
      tx,
      () => putWork(tx, ...wanted),
      () => jobs.wake(tx, this.#wishesFor(wanted)),
    );
    for (const { id, dueAt } of wanted) {
      this.#deliveries.underWay.of(id)?.note(id, 'enqueued');
      this.#due.put(id, dueAt);
    }
  }

  /** What a delivery of this process went on with stays its own to the end: it is delivered again after it. */
  #stamped(work: Work): StampedWork {
    const carrier = this.#deliveries.underWay.of(work.id)?.key ?? work.id;
    return { ...work, stamp: randomUUID(), carrier: carrier === work.id ? null : carrier };
  }

  /** Each claim once, at the first of its times. */
  #wishesFor(works: readonly StampedWork[]): readonly Wish[] {
    const now = this.#ports.clock.now();
    const first = new Map<string, number>();
    for (const work of works) {
      const claim = claimOf(work);
      first.set(claim, Math.min(first.get(claim) ?? Infinity, work.dueAt - now));
    }
    return [...first].map(([work, ms]) => ({ work, ms })).toSorted(byName((wish) => wish.work));
  }

  /** The wake-up stays: it finds nothing, and keeps the id from being delivered before its handler has ended. */
  async complete(tx: Queryable, ids: readonly string[]): Promise<void> {
    await removeWork(tx, ...ids);
    for (const id of ids) this.#isGone(id);
  }

  /** The claim stays, under its name: whoever takes it after a death finds what it went on with. */
  async goOn(tx: Queryable, { from, to }: GoingOn): Promise<void> {
    const { underWay } = this.#deliveries;
    const delivery = underWay.of(from);
    const stamp = delivery?.stampOf(from);
    if (delivery === undefined || stamp === undefined || (underWay.of(to.id) ?? delivery) !== delivery)
      throw new CannotGoOn(`${from} cannot go on with ${to.id}.`);
    const next = { ...to, stamp: randomUUID(), carrier: delivery.key === to.id ? null : delivery.key };
    if (!(await replaceWork(tx, { id: from, stamp }, next)))
      throw new CannotGoOn(`${from} is not ours, or ${to.id} is.`);
    this.#isGone(from);
    underWay.goOn(delivery, from, next);
  }

  #isGone(id: string): void {
    this.#deliveries.underWay.of(id)?.note(id, 'completed');
    this.#due.remove(id);
  }

  async start(handle: Handle): Promise<void> {
    if (this.#handle !== null) throw new Error('This queue was started before.');
    this.#handle = handle;
    await this.#wakeAll();
    this.#signs.begin();
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
    await this.#deliveries.ended();
    this.#signs.end();
    await this.#handOver().catch((error: unknown) => this.#ports.onError(error, null));
    await this.#ports.liveness.close();
    await this.#ports.jobs.close();
  }

  /** The queue may have lost what the table has: whoever starts makes up for it. */
  async #wakeAll(): Promise<void> {
    const { database, jobs } = this.#ports;
    const wishes = this.#wishesFor(await allWork(database));
    for (const some of parts(wishes)) await database.transaction(async (tx) => await jobs.wake(tx, some));
  }

  /** What this process leaves undone is for the others, now. */
  async #handOver(): Promise<void> {
    const { database, jobs } = this.#ports;
    const { left } = this.#deliveries;
    const work = (await readWork(database, [...left.keys()])).filter(({ id, stamp }) => left.get(id) === stamp);
    await jobs.wake(
      null,
      this.#wishesFor(work).map((wish) => ({ ...wish, ms: 0 })),
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
    const room = concurrency - this.#deliveries.size;
    this.#isFull = room === 0;
    if (room === 0) return;
    const most = Math.min(room, MOST_TAKEN);
    const claims = await jobs.take(database, most);
    const taken = clock.running();
    if (claims.length === most) this.#lookWanted = true;
    this.#deliveries.take(claims, handle);
    const next = await this.#due.next();
    this.#armLook(Math.min(next + LATE - clock.now(), taken + LOOK - clock.running()));
  }

  #armLook(ms: number): void {
    this.#cancelLook();
    if (this.#stopping !== null) return;
    this.#cancelLook = this.#ports.clock.after(ms, () => this.nudge());
  }
}

/** In an order that all keep to: two who change the same rows wait for each other, one behind the other. */
function byName<T>(nameOf: (each: T) => string): (one: T, other: T) => number {
  return (one, other) => (nameOf(one) < nameOf(other) ? -1 : 1);
}
