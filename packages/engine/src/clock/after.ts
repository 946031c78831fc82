import type { Clock } from '../ports/clock.ts';

/** Calls back once after `ms` of running time, whatever becomes of the wall clock meanwhile; returns a function that cancels. */
export function after(clock: Pick<Clock, 'sleep'>, ms: number, callback: () => void): () => void {
  const cancelled = new AbortController();
  void clock.sleep(ms, cancelled.signal).then(() => {
    if (!cancelled.signal.aborted) callback();
  });
  return () => cancelled.abort();
}
