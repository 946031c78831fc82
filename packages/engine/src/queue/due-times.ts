import type { Queryable } from '../ports/database.ts';
import type { Clock } from '../ports/clock.ts';
import { nextDueTime } from './work-table.ts';

/** Milliseconds of running time after which others may have brought what is due earlier. */
const READ_AGAIN = 500;

/** When something is due next: this process' own work by heart, that of others as the table had it a moment ago. */
export class DueTimes {
  readonly #database: Queryable;
  readonly #clock: Clock;
  /** Due times of work that this process enqueued, committed or not: one too many costs a look. */
  readonly #own = new Map<string, number>();
  #table = { dueAt: Infinity, until: -Infinity };

  constructor(database: Queryable, clock: Clock) {
    this.#database = database;
    this.#clock = clock;
  }

  put(id: string, dueAt: number): void {
    if (dueAt > this.#clock.now()) this.#own.set(id, dueAt);
    else this.#own.delete(id);
  }

  remove(id: string): void {
    this.#own.delete(id);
  }

  /** The next due time (epoch ms) that is not over; Infinity: none. */
  async next(): Promise<number> {
    const now = this.#clock.now();
    if (this.#table.dueAt <= now || this.#table.until <= this.#clock.running()) await this.#read(now);
    let next = this.#table.dueAt;
    for (const [id, dueAt] of this.#own) {
      if (dueAt <= now) this.#own.delete(id);
      else next = Math.min(next, dueAt);
    }
    return next;
  }

  async #read(now: number): Promise<void> {
    const until = this.#clock.running() + READ_AGAIN;
    this.#table = { dueAt: (await nextDueTime(this.#database, now)) ?? Infinity, until };
  }
}
