import type { Clock } from '../ports/clock.ts';

/** `sleep` of a clock that has `after`. */
export function sleepBy(after: Clock['after']): Clock['sleep'] {
  return async (ms, signal) => {
    if (signal?.aborted === true) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    const cancel = after(ms, resolve);
    const onAbort = (): void => {
      cancel();
      resolve();
    };
    signal?.addEventListener('abort', onAbort, { once: true });
    await promise;
    signal?.removeEventListener('abort', onAbort);
  };
}
