import type { Effect } from '../model/effect.ts';
import type { Outcome } from '../model/outcome.ts';

const FIRST_DELAY = 500;
/** In milliseconds; what seems to lie further ahead was written before the clock was set back. */
export const LONGEST_DELAY = 60_000;

/** Milliseconds until an effect that failed is tried again; null when it is not. Doubles from 0.5 s to 60 s. */
export function retryDelay(effect: Effect | null, attempt: number, outcome: Outcome): number | null {
  if (effect === null || outcome.result !== 'failed' || !outcome.retryable) return null;
  if (attempt >= effect.attempts) return null;
  const backoff = Math.min(LONGEST_DELAY, FIRST_DELAY * 2 ** (attempt - 1));
  return Math.max(backoff, Math.min(LONGEST_DELAY, outcome.retryAfter ?? 0));
}
