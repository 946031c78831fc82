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

/**
 * A disposable wake-up; the event log is the truth. Delivers at least once, also after a death of the process that had taken it: to
 * its successor, or, where several processes share the database, to another one within twelve seconds.
 * The same id is never delivered while an earlier delivery of it is being handled, by whichever process; but a process that stood
 * still for ten seconds counts as dead.
 */
export interface WorkQueue {
  /** In the transaction that appends. An id that is there already gets the new due time. */
  enqueue(tx: Queryable, work: readonly Work[]): Promise<void>;
  /** In the transaction that settles. */
  complete(tx: Queryable, ids: readonly string[]): Promise<void>;
  /** Begins to deliver. A handler that rejects has its work delivered again after a second. Work that a handler does not complete is delivered again only after the next enqueue of its id or a restart, and where others share the database, when this process stops. */
  start(handle: (work: Work) => Promise<void>): Promise<void>;
  /** Something was committed: look now. */
  nudge(): void;
  /** Takes nothing new and waits for the handlers in flight. */
  stop(): Promise<void>;
}
