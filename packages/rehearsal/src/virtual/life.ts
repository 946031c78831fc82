import type { Clock, Database } from '@slipway/engine';
import type { Timeline } from './timeline.ts';

/** One life of the process in which the engine runs. After its death nothing that it waits for ever comes. */
export class Life {
  #over = false;
  readonly #lastWords: (() => void)[] = [];

  get over(): boolean {
    return this.#over;
  }

  end(): void {
    if (this.#over) return;
    this.#over = true;
    for (const word of this.#lastWords) word();
  }

  /** Called at its death. */
  atEnd(word: () => void): void {
    this.#lastWords.push(word);
  }

  /** The value, as long as the process lives to see it. */
  async sees<T>(promise: Promise<T>): Promise<T> {
    const value = await promise;
    return this.#over ? await forEver() : value;
  }
}

/** What a process that is over waits for. */
export function forEver(): Promise<never> {
  return new Promise(() => {});
}

/** A database that the process reaches while it lives. What it has begun is committed, whether or not it sees that. */
export function mortalDatabase(database: Database, life: Life): Database {
  return {
    query: async (sql, values) => (life.over ? await forEver() : await life.sees(database.query(sql, values))),
    transaction: async (work) => (life.over ? await forEver() : await life.sees(database.transaction(work))),
    close: async () => {},
  };
}

/** The longest that the system's clock waits before it looks at a wall clock again that may be set, in milliseconds. */
const LONGEST_TIMER = 30_000;

/** Epoch ms, as the machine has it. */
export interface Wall {
  readonly now: number;
}

/** The engine's time is the time-line's: its running time that of one life, its wall clock `wall`, which somebody may set. */
export function virtualClock(timeline: Timeline, wall: Wall, life: Life): Clock {
  const birth = timeline.now;
  const after: Clock['after'] = (ms, callback) => {
    let cancelled = false;
    const call = (): void => {
      if (!cancelled && !life.over) callback();
    };
    if (Number.isFinite(ms)) timeline.in(ms, call);
    return () => {
      cancelled = true;
    };
  };
  // Nobody sets the time-line itself: whoever goes by it need not look again.
  const longest = wall === timeline ? Infinity : LONGEST_TIMER;
  const at: Clock['at'] = (time, callback) => {
    let cancel = (): void => {};
    const wait = (): void => {
      cancel = after(Math.min(Math.max(time - wall.now, 0), longest), () => {
        if (wall.now < time) wait();
        else callback();
      });
    };
    wait();
    return () => cancel();
  };
  return {
    now: () => wall.now,
    running: () => timeline.now - birth,
    at,
    after,
    sleep: async (ms, signal) => {
      if (signal?.aborted === true) return;
      const { promise, resolve } = Promise.withResolvers<void>();
      const cancel = after(ms, resolve);
      const onAbort = (): void => {
        cancel();
        if (!life.over) resolve();
      };
      signal?.addEventListener('abort', onAbort, { once: true });
      await promise;
      signal?.removeEventListener('abort', onAbort);
    },
  };
}
