import type { Queryable } from './database.ts';

/** A reason to look at a launch: an effect to run, or (effect null) time that has come. */
export interface Work {
  /** Deterministic, so that what is enqueued twice is there once. */
  readonly id: string;
  readonly launch: string;
  readonly effect: string | null;
  /** Epoch ms. */
  readonly dueAt: number;
}

/** The delivery of `from` goes on with `to`. */
export interface GoingOn {
  /** Over for good: it is not enqueued again. */
  readonly from: string;
  readonly to: Work;
}

/** `to` is in the queue already, and may be in other hands; or `from` is not this process' any more, or was enqueued again. */
export class CannotGoOn extends Error {
  override readonly name = 'CannotGoOn';
}

/** Within so many milliseconds what a process had taken that stands still is delivered to another one on the same database. */
export const TAKE_OVER = 12_000;
/** So it is when the process has died: its connections tell. */
export const TAKE_OVER_DEAD = 5_000;

/**
 * A disposable wake-up; the event log is the truth. Delivers at least once, also after a death of the process that had taken it: to
 * its successor, or, where several processes share the database, to another one within TAKE_OVER_DEAD.
 * The same id is never delivered while an earlier delivery of it is being handled, by whichever process; but a process that stood
 * still for ten seconds counts as dead.
 */
export interface WorkQueue {
  /** In the transaction that appends. An id that is there already gets the new due time. */
  enqueue(tx: Queryable, work: readonly Work[]): Promise<void>;
  /** In the transaction that settles. */
  complete(tx: Queryable, ids: readonly string[]): Promise<void>;
  /**
   * In the transaction that settles `from`, for its handler: `to` takes its place in the queue and in the delivery. While that delivery
   * lives, `to` is delivered to nobody; where its process dies or stops before `to` is completed, it is delivered as `from` would have
   * been. A handler may go on as often as it likes, from where it is. Rejects with CannotGoOn, and then the transaction must be taken back.
   */
  goOn(tx: Queryable, goingOn: GoingOn): Promise<void>;
  /** Begins to deliver, once. A handler that rejects has its work delivered again after a second. Work that a handler does not complete is delivered again only after the next enqueue of its id or a restart, and where others share the database, when this process stops. */
  start(handle: Handle): Promise<void>;
  /** Something was committed: look now. */
  nudge(): void;
  /** Takes nothing new and waits for the handlers in flight. */
  stop(): Promise<void>;
}

/** `lost` is aborted when the work under way belongs to another process now: this one stood still for too long, and was taken for dead. */
export type Handle = (work: Work, lost: AbortSignal) => Promise<void>;
