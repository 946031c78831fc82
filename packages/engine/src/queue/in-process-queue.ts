import { randomUUID } from 'node:crypto';
import type { Clock } from '../ports/clock.ts';
import type { Database, Queryable } from '../ports/database.ts';
import { CannotGoOn, type GoingOn, type Handle, type Work, type WorkQueue } from '../ports/work-queue.ts';
import type { Delivery } from './delivery.ts';
import { UnderWay } from './under-way.ts';
import { UnreadWork } from './unread-work.ts';
import { putWork, removeWork, replaceWork, type StampedWork } from './work-table.ts';

export interface InProcessQueueOptions {
  /** How many handlers run at once. */
  readonly concurrency?: number;
  /** Milliseconds of running time after which everything is read again, whatever it was told. Default: 10,000. Infinity: never. */
  readonly readAllEvery?: number;
  /** Told of a handler that rejected, and (work null) of a database that did not answer. Both are tried again after a second. */
  readonly onError?: (error: unknown, work: Work | null) => void;
}

/** For a database that belongs to one process. What is in the work table is delivered; what is in memory only holds it back. */
export function createInProcessQueue(database: Database, clock: Clock, options: InProcessQueueOptions = {}): WorkQueue {
  const { concurrency = 64, readAllEvery = READ_ALL, onError = () => {} } = options;
  if (!Number.isSafeInteger(concurrency) || concurrency < 1) throw new RangeError('concurrency must be 1 or more');
  return new InProcessQueue({ database, clock, concurrency, readAllEvery, onError });
}

/** Milliseconds until work whose handler rejected is delivered again. */
const REST = 1_000;
/**
 * Milliseconds after which everything is read again, whatever it was told: work that is overlooked would hold up its launch for
 * ever, a way back included.
 */
const READ_ALL = 10_000;

/** Nobody else takes work from this process. */
const NEVER = new AbortController().signal;

interface Ports extends Required<InProcessQueueOptions> {
  readonly database: Database;
  readonly clock: Clock;
}

class InProcessQueue implements WorkQueue {
  readonly #ports: Ports;
  readonly #underWay = new UnderWay();
  /** When each delivery has ended. */
  readonly #deliveries = new Map<Delivery, Promise<void>>();
  /** Handled without being completed: waits for another stamp than this. */
  readonly #left = new Map<string, string>();
  /** Rejected: each waits for a while of running time. */
  readonly #resting = new Set<string>();
  /** Completed since the look under way began: its rows may be older than that. */
  readonly #gone = new Set<string>();
  readonly #unread: UnreadWork;
  #handle: Handle | null = null;
  #stopped = false;
  #lookWanted = false;
  #looking: Promise<void> | null = null;
  #cancelTimer: () => void = () => {};
  readonly #over = new AbortController();

  constructor(ports: Ports) {
    this.#ports = ports;
    this.#unread = new UnreadWork(ports.database);
  }

  async enqueue(tx: Queryable, work: readonly Work[]): Promise<void> {
    for (const each of work) {
      // What another process would have to know of who carries it, this one has in memory.
      await putWork(tx, { ...each, stamp: randomUUID(), carrier: null });
      this.#unread.touch(each.id);
    }
  }

  async complete(tx: Queryable, ids: readonly string[]): Promise<void> {
    for (const id of ids) {
      await removeWork(tx, id);
      this.#isGone(id);
    }
  }

  async goOn(tx: Queryable, { from, to }: GoingOn): Promise<void> {
    const delivery = this.#underWay.of(from);
    const stamp = delivery?.stampOf(from);
    const next = { ...to, stamp: randomUUID(), carrier: null };
    if (delivery === undefined || stamp === undefined || (this.#underWay.of(to.id) ?? delivery) !== delivery)
      throw new CannotGoOn(`${from} cannot go on with ${to.id}.`);
    if (!(await replaceWork(tx, { id: from, stamp }, next))) throw new CannotGoOn(`${to.id} is in the queue already.`);
    this.#isGone(from);
    this.#underWay.goOn(delivery, from, next);
    this.#unread.touch(to.id);
  }

  /** Should the transaction fail after this, the work is delivered once too often: allowed. */
  #isGone(id: string): void {
    this.#left.delete(id);
    this.#gone.add(id);
    this.#unread.touch(id);
    this.#underWay.of(id)?.note(id, 'completed');
  }

  async start(handle: Handle): Promise<void> {
    if (this.#handle !== null) throw new Error('This queue was started before.');
    this.#handle = handle;
    this.nudge();
    void this.#readAllNowAndThen();
    await this.#looking;
  }

  nudge(): void {
    this.#lookWanted = true;
    if (this.#handle === null || this.#stopped) return;
    this.#looking ??= this.#lookWhileWanted(this.#handle);
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#over.abort();
    this.#cancelTimer();
    await this.#looking;
    this.#unread.forget();
    await Promise.all(this.#deliveries.values());
  }

  async #lookWhileWanted(handle: Handle): Promise<void> {
    while (this.#lookWanted && !this.#stopped) {
      this.#lookWanted = false;
      try {
        await this.#look(handle);
      } catch (error) {
        this.#ports.onError(error, null);
        this.#rest(() => {});
      }
    }
    // Not a moment later: a nudge between the last question and this would find nobody.
    this.#looking = null;
  }

  async #readAllNowAndThen(): Promise<void> {
    const { clock, readAllEvery } = this.#ports;
    while (!this.#stopped) {
      await clock.sleep(readAllEvery, this.#over.signal);
      this.#unread.forget();
      this.nudge();
    }
  }

  /** Takes what is due as far as there is room, and arms the timer for what is not. With no room the next handler to end looks again. */
  async #look(handle: Handle): Promise<void> {
    const { clock, concurrency } = this.#ports;
    this.#gone.clear();
    if (this.#deliveries.size >= concurrency) return;
    // What is held back may all stand in front: this many rows surely fill the room.
    const limit = concurrency + this.#left.size + this.#resting.size;
    const now = clock.now();
    for (const work of await this.#unread.read(now, limit)) {
      if (this.#stopped) return;
      if (this.#isHeldBack(work)) continue;
      if (this.#deliveries.size >= concurrency) return this.#unread.forget();
      this.#deliver(work, handle);
    }
    this.#armTimer(this.#unread.nextAfter(now));
  }

  #isHeldBack({ id, stamp }: StampedWork): boolean {
    return this.#underWay.has(id) || this.#resting.has(id) || this.#gone.has(id) || this.#left.get(id) === stamp;
  }

  #deliver({ id, launch, effect, dueAt, stamp }: StampedWork, handle: Handle): void {
    const work: Work = { id, launch, effect, dueAt };
    const { promise: ended, resolve } = Promise.withResolvers<void>();
    const delivery = this.#underWay.begin(id);
    this.#underWay.at(delivery, id, stamp);
    this.#deliveries.set(delivery, ended);
    const end = (holdBack: () => void): void => {
      this.#deliveries.delete(delivery);
      this.#underWay.end(delivery);
      for (const each of [id, ...delivery.ids()]) this.#unread.touch(each);
      holdBack();
      resolve();
      this.nudge();
    };
    // A handler that throws before its first await is one that rejects.
    Promise.try(handle, work, NEVER).then(
      () => end(() => this.#leave(delivery)),
      (error: unknown) => {
        this.#ports.onError(error, work);
        end(() => this.#giveRest(delivery.ids()));
      },
    );
  }

  #leave(delivery: Delivery): void {
    for (const id of delivery.ids()) this.#left.delete(id);
    for (const [id, stamp] of delivery.open()) this.#left.set(id, stamp);
  }

  #giveRest(ids: readonly string[]): void {
    for (const id of ids) this.#resting.add(id);
    this.#rest(() => {
      for (const id of ids) {
        this.#resting.delete(id);
        this.#unread.touch(id);
      }
    });
  }

  /** In running time: a clock that is set back must not make it an hour. */
  #rest(andThen: () => void): void {
    const { clock } = this.#ports;
    void clock.sleep(REST, this.#over.signal).then(() => {
      andThen();
      this.nudge();
    });
  }

  #armTimer(at: number | null): void {
    this.#cancelTimer();
    if (this.#stopped || at === null) return;
    this.#cancelTimer = this.#ports.clock.at(at, () => this.nudge());
  }
}
