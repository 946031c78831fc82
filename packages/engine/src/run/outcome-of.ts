import type { Effect, Outcome } from '@slipway/core';
import { OutcomeUnknownError, reasonOf, RetryableError, TerminalError } from '@slipway/provider-kit';
import { CheckFailed } from '../handlers/check-failed.ts';
import { FlagTaken } from '../handlers/flags/flag-taken.ts';
import { Deadlock } from '../handlers/deadlock.ts';

/** Why an attempt was stopped from outside. */
export type StopReason = 'timed-out' | 'unwanted' | 'shutdown' | 'lost';

/** What an attempt that threw came to. An executive effect that did not say so clearly is not known to have failed. */
export function outcomeOf(error: unknown, effect: Effect, stopped: StopReason | null): Outcome {
  if (stopped !== null) return stoppedOutcome(effect, stopped);
  if (error instanceof CheckFailed) return failed(error.message, { retryable: true, evidence: error.evidence });
  if (error instanceof Deadlock) return { result: 'deadlock', waits: error.waits };
  if (error instanceof RetryableError)
    return failed(error.message, { retryable: true, retryAfter: error.retryAfterMs });
  if (error instanceof FlagTaken) return { ...failed(error.message, {}), reasons: error.reasons };
  if (error instanceof TerminalError) return failed(error.message, {});
  const reason = reasonOf(error);
  if (error instanceof OutcomeUnknownError || effect.class !== 'read-only') return { result: 'unknown', reason };
  return failed(reason, {});
}

function stoppedOutcome(effect: Effect, stopped: StopReason): Outcome {
  if (stopped === 'timed-out') {
    const reason = `no answer within ${(effect.timeout ?? 0) / 1000} s`;
    return effect.class === 'read-only' ? failed(reason, { retryable: true }) : { result: 'unknown', reason };
  }
  return effect.class === 'read-only'
    ? { result: 'cancelled' }
    : { result: 'unknown', reason: 'it was stopped in the middle' };
}

interface FailureDetail {
  readonly retryable?: boolean;
  readonly retryAfter?: number | null;
  readonly evidence?: Extract<Outcome, { result: 'failed' }>['evidence'];
}

function failed(reason: string, detail: FailureDetail): Extract<Outcome, { result: 'failed' }> {
  const { retryable = false, retryAfter = null, evidence = null } = detail;
  return { result: 'failed', reason, retryable, retryAfter, evidence };
}
