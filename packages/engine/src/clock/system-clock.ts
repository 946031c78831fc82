import type { Clock } from '../ports/clock.ts';

/** setTimeout takes at most 2^31 - 1 ms (24.8 days); longer waits are made of several. */
const LONGEST_TIMER = 2_147_483_647;

export function createSystemClock(): Clock {
  return {
    now: () => Date.now(),
    at: (at, callback) => later(at, callback),
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted === true) {
          resolve();
          return;
        }
        const cancel = later(Date.now() + ms, () => finish());
        const finish = (): void => {
          cancel();
          signal?.removeEventListener('abort', finish);
          resolve();
        };
        signal?.addEventListener('abort', finish, { once: true });
      }),
  };
}

function later(at: number, callback: () => void): () => void {
  let timer: NodeJS.Timeout;
  const arm = (): void => {
    const left = at - Date.now();
    timer = left > LONGEST_TIMER ? setTimeout(arm, LONGEST_TIMER) : setTimeout(callback, Math.max(0, left));
  };
  arm();
  return () => clearTimeout(timer);
}
