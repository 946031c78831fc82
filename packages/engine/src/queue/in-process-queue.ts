import type { Clock } from '../ports/clock.ts';
import type { Database, SqlRow } from '../ports/database.ts';
import type { Work, WorkQueue } from '../ports/work-queue.ts';

export interface QueueOptions {
  /** Handlers that may run at the same time. */
  readonly concurrency: number;
}

/** How long work waits after its handler failed, in milliseconds. */
const AFTER_FAILURE = 1_000;

/** The queue of one process: the work table says what is due, one timer is armed for the next due time. */
export function createInProcessQueue(database: Database, clock: Clock, options: QueueOptions): WorkQueue {
  return new InProcessQueue(database, clock, options);
}

class InProcessQueue implements WorkQueue {
  readonly #database: Database;
  readonly #clock: Clock;
  readonly #concurrency: number;
  /** Delivered and not yet handled. */
  readonly #handling = new Map<string, Promise<void>>();
  /** Handled, still in the table, and not enqueued again since: not to be delivered again. */
  readonly #left = new Map<string, number>();
  #handle: ((work: Work) => Promise<void>) | null = null;
  #cancelTimer: (() => void) | null = null;
  #looking: Promise<void> | null = null;
  #lookAgain = false;

  constructor(database: Database, clock: Clock, { concurrency }: QueueOptions) {
    this.#database = database;
    this.#clock = clock;
    this.#concurrency = concurrency;
  }

  async enqueue(tx: Parameters<WorkQueue['enqueue']>[0], work: readonly Work[]): Promise<void> {
    for (const { id, launch, effect, dueAt } of work) {
      await tx.query(
        `insert into work (id, launch, effect, due_at) values (?1, ?2, ?3, ?4)
           on conflict (id) do update set due_at = excluded.due_at`,
        [id, launch, effect, dueAt],
      );
      this.#left.delete(id);
    }
  }

  async complete(tx: Parameters<WorkQueue['complete']>[0], ids: readonly string[]): Promise<void> {
    for (const id of ids) {
      await tx.query('delete from work where id = ?1', [id]);
      this.#left.delete(id);
    }
  }

  async start(handle: (work: Work) => Promise<void>): Promise<void> {
    this.#handle = handle;
    this.nudge();
  }

  nudge(): void {
    if (this.#handle === null) return;
    if (this.#looking !== null) {
      this.#lookAgain = true;
      return;
    }
    this.#looking = this.#look().finally(() => {
      this.#looking = null;
      if (!this.#lookAgain) return;
      this.#lookAgain = false;
      this.nudge();
    });
  }

  async stop(): Promise<void> {
    this.#handle = null;
    this.#cancelTimer?.();
    await this.#looking;
    await Promise.all(this.#handling.values());
  }

  async #look(): Promise<void> {
    try {
      const now = this.#clock.now();
      const rows = await this.#database.query('select * from work order by due_at, id');
      const open = rows
        .map(workOf)
        .filter((work) => !this.#handling.has(work.id) && this.#left.get(work.id) !== work.dueAt);
      for (const work of open) if (work.dueAt <= now && this.#handling.size < this.#concurrency) this.#deliver(work);
      this.#arm(open.find((work) => work.dueAt > now)?.dueAt ?? null);
    } catch {
      // The store cannot be read: what is due stays due.
      this.#arm(this.#clock.now() + AFTER_FAILURE);
    }
  }

  #deliver(work: Work): void {
    const handle = this.#handle;
    if (handle === null) return;
    const handled = this.#run(handle, work).finally(() => {
      this.#handling.delete(work.id);
      this.nudge();
    });
    this.#handling.set(work.id, handled);
  }

  async #run(handle: (work: Work) => Promise<void>, work: Work): Promise<void> {
    try {
      this.#left.set(work.id, work.dueAt);
      await handle(work);
    } catch {
      await this.#clock.sleep(AFTER_FAILURE);
      this.#left.delete(work.id);
    }
  }

  #arm(at: number | null): void {
    this.#cancelTimer?.();
    this.#cancelTimer = at === null ? null : this.#clock.at(at, () => this.nudge());
  }
}

function workOf(row: SqlRow): Work {
  const effect = row['effect'];
  return {
    id: String(row['id']),
    launch: String(row['launch']),
    effect: effect === null || effect === undefined ? null : String(effect),
    dueAt: Number(row['due_at']),
  };
}
