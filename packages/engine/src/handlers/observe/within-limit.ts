import type { Clock } from '../../ports/clock.ts';
import { late, NoReading } from './gap-words.ts';

/** Who takes longer than this is silent for that look, in milliseconds. */
const READ_TIMEOUT = 5_000;

/** Rejects when the caller is stopped or the time for a reading is over; what reads is told so by its signal, and not waited for. */
export async function withinLimit<T>(
  clock: Clock,
  signal: AbortSignal,
  read: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const limit = new AbortController();
  const tooLate = Promise.withResolvers<never>();
  const stop = (): void => {
    limit.abort();
    tooLate.reject(new NoReading(late(READ_TIMEOUT / 1000)));
  };
  const cancel = clock.after(READ_TIMEOUT, stop);
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  try {
    return await Promise.race([read(limit.signal), tooLate.promise]);
  } finally {
    cancel();
    signal.removeEventListener('abort', stop);
  }
}
