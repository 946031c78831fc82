import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Clock } from '../ports/clock.ts';

/** Virtual time for tests: it stands still until it is told to go on. */
export interface ManualClock extends Clock {
  /** Goes on by `ms`, calling back what falls due on the way in the order of time; what a callback sets in motion settles in between. */
  advance(ms: number): Promise<void>;
  /** Due times of what waits, in order. */
  waiting(): readonly number[];
}

interface Timer {
  readonly at: number;
  readonly callback: () => void;
}

/** `start`: epoch ms. */
export function createManualClock(start = Date.UTC(2026, 10, 24, 9)): ManualClock {
  let now = start;
  let timers: readonly Timer[] = [];
  const cancel = (timer: Timer): void => {
    timers = timers.filter((other) => other !== timer);
  };
  const at: Clock['at'] = (time, callback) => {
    const timer = { at: time, callback };
    timers = [...timers, timer].toSorted((a, b) => a.at - b.at);
    return () => cancel(timer);
  };
  const advance = async (ms: number): Promise<void> => {
    const end = now + ms;
    for (;;) {
      await nextTurn();
      const [timer] = timers;
      if (timer === undefined || timer.at > end) break;
      cancel(timer);
      now = Math.max(now, timer.at);
      timer.callback();
    }
    now = end;
  };
  return { now: () => now, sleep: sleepOn(at, () => now), at, advance, waiting: () => timers.map((timer) => timer.at) };
}

function sleepOn(at: Clock['at'], now: () => number): Clock['sleep'] {
  return async (ms, signal) => {
    if (signal?.aborted === true) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    const cancel = at(now() + ms, resolve);
    const onAbort = (): void => {
      cancel();
      resolve();
    };
    signal?.addEventListener('abort', onAbort, { once: true });
    await promise;
    signal?.removeEventListener('abort', onAbort);
  };
}
