import type { Clock, Database } from '@slipway/engine';
import type { Timeline } from '../timeline/timeline.ts';

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

function forEver(): Promise<never> {
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

/** The engine's time is the simulation's. */
export function virtualClock(timeline: Timeline, life: Life): Clock {
  const at: Clock['at'] = (time, callback) => {
    let cancelled = false;
    timeline.at(time, () => {
      if (!cancelled && !life.over) callback();
    });
    return () => {
      cancelled = true;
    };
  };
  const after: Clock['after'] = (ms, callback) => (Number.isFinite(ms) ? at(timeline.now + ms, callback) : () => {});
  return {
    now: () => timeline.now,
    running: () => timeline.now,
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
