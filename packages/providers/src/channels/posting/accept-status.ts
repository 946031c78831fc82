import type { HttpResponse } from '@slipway/provider-kit';
import { OutcomeUnknownError, RetryableError, retryAfterMs, TerminalError } from '@slipway/provider-kit';

/** Too slow, too early, too many: 4xx that may pass. */
const PASSING = new Set([408, 425, 429]);
/** A gateway that lost who is behind it: the message may have got there. */
const LOST = new Set([502, 504]);

export interface Reading {
  /** Who answered, as people call it. */
  readonly from: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** What to do about a refusal for good. */
  readonly advice: string;
  /** What may be repeated of the answer, such as an error code in brackets: never free text, which could quote a secret. */
  readonly said?: string;
  /** Milliseconds that the answer asks to wait where no header says so. */
  readonly wait?: number | null;
}

/** Returns for a status of success only. Throws RetryableError, OutcomeUnknownError or TerminalError, which says what to do. */
export function acceptStatus({ status, headers }: Pick<HttpResponse, 'status' | 'headers'>, reading: Reading): void {
  if (status >= 200 && status < 300) return;
  const told = `${reading.from} answered ${status}${reading.said ?? ''}`;
  if (LOST.has(status)) throw new OutcomeUnknownError(`${told}; it may have been posted`);
  if (status >= 500 || PASSING.has(status)) {
    const wait = retryAfterMs(headers, reading.now) ?? reading.wait ?? null;
    throw new RetryableError(
      status === 429 ? `${told}: too many messages` : told,
      wait === null ? {} : { retryAfterMs: wait },
    );
  }
  if (status < 400) throw new TerminalError(`${told}: redirects are not followed; ${reading.advice}`);
  throw new TerminalError(`${told}: ${reading.advice}`);
}
