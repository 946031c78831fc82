import type { Clock } from '../ports/clock.ts';
import { sleepBy } from './sleep.ts';

/**
 * The longest single timer in milliseconds. Node's own limit is 2^31 - 1; this is shorter because the wall clock jumps (a
 * suspended machine, a correction) while timers do not: a due time is missed by no more than this.
 */
const LONGEST_TIMER = 30_000;

/** Real time. `sleep` and `after` count running time, `at` follows the wall clock; all take any length, Infinity included. */
export function createSystemClock(): Clock {
  const wall = (): number => Date.now();
  const running = (): number => performance.now();
  const after: Clock['after'] = (ms, callback) => callWhen(running, running() + ms, callback);
  return {
    now: wall,
    running: () => Math.floor(running()),
    sleep: sleepBy(after),
    after,
    at: (at, callback) => callWhen(wall, at, callback),
  };
}

function callWhen(now: () => number, at: number, callback: () => void): () => void {
  // setTimeout takes NaN for "at once".
  if (Number.isNaN(at)) throw new RangeError('a time must be a number');
  const wait = (): NodeJS.Timeout => setTimeout(wake, clampTimer(at - now()));
  const wake = (): void => {
    // Timers may fire a little early.
    if (now() < at) timer = wait();
    else callback();
  };
  let timer = wait();
  return () => clearTimeout(timer);
}

function clampTimer(ms: number): number {
  return Math.min(Math.max(Math.ceil(ms), 0), LONGEST_TIMER);
}
