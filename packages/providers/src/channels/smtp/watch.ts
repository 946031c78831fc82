import type SMTPConnection from 'nodemailer/lib/smtp-connection';
import { BrokenOff } from './failure.ts';

/** Milliseconds from the beginning. */
export interface Limits {
  /** Until the mail server asks for the mail: before that, nothing was sent. */
  readonly begin: number;
  /** Until it says that it has it. */
  readonly end: number;
}

/** Looks after one delivery. Disposing of it stops its timers. */
export interface Watch extends Disposable {
  /** Rejects when the connection breaks, a limit is over or the caller's signal aborts. */
  readonly broken: Promise<never>;
  /** Whether the mail server has asked for the mail: from then on it may have it. */
  readonly begun: () => boolean;
  readonly begin: () => void;
}

export function watchOver(connection: SMTPConnection, limits: Limits, signal: AbortSignal): Watch {
  const { promise: broken, reject } = Promise.withResolvers<never>();
  broken.catch(() => undefined);
  const started = performance.now();
  let begun = false;
  const limit = (milliseconds: number): NodeJS.Timeout => {
    const reason = new BrokenOff(`no answer within ${milliseconds / 1000} s`);
    return setTimeout(reject, Math.max(0, milliseconds - (performance.now() - started)), reason);
  };
  let timer = limit(limits.begin);
  connection.on('error', reject);
  const onAbort = (): void => reject(new BrokenOff('it was broken off'));
  signal.addEventListener('abort', onAbort, { once: true });
  return {
    broken,
    begun: () => begun,
    begin: () => {
      begun = true;
      clearTimeout(timer);
      timer = limit(limits.end);
    },
    [Symbol.dispose]: () => {
      signal.removeEventListener('abort', onAbort);
      clearTimeout(timer);
    },
  };
}
