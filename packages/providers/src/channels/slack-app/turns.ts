import { unlessAborted } from '@slipway/provider-kit';

export type Turns = <T>(key: string, signal: AbortSignal, work: () => Promise<T>) => Promise<T>;

/** Lets work of one key go one after the other: two first messages of a launch would otherwise begin a thread each. */
export function createTurns(): Turns {
  const last = new Map<string, Promise<unknown>>();
  return async (key, signal, work) => {
    const before = last.get(key);
    const { promise: over, resolve } = Promise.withResolvers<void>();
    // Who gives up waiting is passed over, not waited for: the next one still waits for those before.
    const turn = Promise.all([before, over]);
    last.set(key, turn);
    try {
      if (before !== undefined) await unlessAborted(before, signal);
      return await work();
    } finally {
      resolve();
      if (last.get(key) === turn) last.delete(key);
    }
  };
}
