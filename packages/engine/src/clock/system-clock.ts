import { setTimeout as delay } from 'node:timers/promises';
import type { Clock } from '../ports/clock.ts';

/**
 * The longest single timer in milliseconds. Node's own limit is 2^31 - 1; this is shorter because the wall clock jumps (a
 * suspended machine, a correction) while timers do not: a due time is missed by no more than this.
 */
const LONGEST_TIMER = 30_000;

/** Real time. `sleep` counts running time, `at` follows the wall clock; both take any length, Infinity included. */
export function createSystemClock(): Clock {
  return { now: () => Date.now(), running: () => Math.floor(performance.now()), sleep, at: callAt };
}

async function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  refuseNotANumber(ms);
  const end = performance.now() + ms;
  let left = ms;
  do {
    if (signal?.aborted === true) return;
    await delay(clampTimer(left), undefined, signal === undefined ? {} : { signal }).catch(onlyAborted);
    left = end - performance.now();
  } while (left > 0);
}

function callAt(at: number, callback: () => void): () => void {
  refuseNotANumber(at);
  const wait = (): NodeJS.Timeout => setTimeout(wake, clampTimer(at - Date.now()));
  const wake = (): void => {
    // Timers may fire a little early.
    if (Date.now() < at) timer = wait();
    else callback();
  };
  let timer = wait();
  return () => clearTimeout(timer);
}

function clampTimer(ms: number): number {
  return Math.min(Math.max(Math.ceil(ms), 0), LONGEST_TIMER);
}

function onlyAborted(error: unknown): void {
  if (!(error instanceof Error) || error.name !== 'AbortError') throw error;
}

/** setTimeout takes NaN for "at once". */
function refuseNotANumber(ms: number): void {
  if (Number.isNaN(ms)) throw new RangeError('a time must be a number');
}
