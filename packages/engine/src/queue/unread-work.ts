import type { Queryable } from '../ports/database.ts';
import { dueWork, findWork, nextDueTime, type StampedWork } from './work-table.ts';

/** More rows than this are read all at once rather than one by one. */
const MOST_IDS = 1_000;
const EVER = Number.MIN_SAFE_INTEGER;

/**
 * Reads what may have to be delivered, and not again what was read before and has not changed since: with thousands of works under
 * way, each of them would else have all their rows read at every one of its changes.
 */
export class UnreadWork {
  readonly #database: Queryable;
  /** Rows that may have changed since they were read. */
  #ids = new Set<string>();
  /** What is due earlier was read, but for `#ids`. */
  #from = EVER;

  constructor(database: Queryable) {
    this.#database = database;
  }

  /** The row of this id may have come, changed or gone, or its transaction may be taken back; or what held it back is over. */
  touch(id: string): void {
    if (this.#from === EVER) return;
    this.#ids.add(id);
    if (this.#ids.size > MOST_IDS) this.forget();
  }

  /** The next read is of everything: what was read was not used, or may not be true any more. */
  forget(): void {
    this.#from = EVER;
    this.#ids.clear();
  }

  /** When something is due that was not read, at the earliest (epoch ms); null when it is due already, or when nothing waits. */
  nextAfter(now: number): number | null {
    return this.#from > now && this.#from !== Infinity ? this.#from : null;
  }

  /** What is due at `now` (epoch ms) and was not read as it is, the longest due first. Of more than `limit` the rest stays unread. */
  async read(now: number, limit: number): Promise<readonly StampedWork[]> {
    const [ids, from] = [this.#ids, this.#from];
    this.#ids = new Set();
    // What changes while the answers are on their way is kept by its id.
    this.#from = Infinity;
    try {
      const touched = await this.#find(ids);
      const due = from <= now ? await dueWork(this.#database, { from, now }, limit) : [];
      const next = from <= now ? ((await nextDueTime(this.#database, now)) ?? Infinity) : from;
      const later = touched.filter((work) => work.dueAt > now).map((work) => work.dueAt);
      this.#from = Math.min(this.#from, next, ...later);
      if (due.length >= limit) this.forget();
      return inOrder([...touched.filter((work) => work.dueAt <= now), ...due]);
    } catch (error) {
      this.forget();
      throw error;
    }
  }

  async #find(ids: Iterable<string>): Promise<readonly StampedWork[]> {
    const found: StampedWork[] = [];
    for (const id of ids) {
      const work = await findWork(this.#database, id);
      if (work !== null) found.push(work);
    }
    return found;
  }
}

/** Each once, as it was read last. */
function inOrder(works: readonly StampedWork[]): readonly StampedWork[] {
  const newest = new Map(works.map((work) => [work.id, work]));
  return [...newest.values()].toSorted((a, b) => a.dueAt - b.dueAt || (a.id < b.id ? -1 : 1));
}
