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

/** Within so many milliseconds what a dead process had taken is delivered to another one on the same database. */
export const TAKE_OVER = 12_000;

/**
 * A disposable wake-up; the event log is the truth. Delivers at least once, also after a death of the process that had taken it: to
 * its successor, or, where several processes share the database, to another one within TAKE_OVER.
 * The same id is never delivered while an earlier delivery of it is being handled, by whichever process; but a process that stood
 * still for ten seconds counts as dead.
 */
export interface WorkQueue {
  /** In the transaction that appends. An id that is there already gets the new due time. */
  enqueue(tx: Queryable, work: readonly Work[]): Promise<void>;
  /** In the transaction that settles. */
  complete(tx: Queryable, ids: readonly string[]): Promise<void>;
  /** Begins to deliver, once. A handler that rejects has its work delivered again after a second. Work that a handler does not complete is delivered again only after the next enqueue of its id or a restart, and where others share the database, when this process stops. */
  start(handle: Handle): Promise<void>;
  /** Something was committed: look now. */
  nudge(): void;
  /** Takes nothing new and waits for the handlers in flight. */
  stop(): Promise<void>;
}

/** `lost` is aborted when the work under way belongs to another process now: this one stood still for too long, and was taken for dead. */
export type Handle = (work: Work, lost: AbortSignal) => Promise<void>;
