import type { EvaluationError } from '@slipway/flags';

/** An answer without an evaluation, in OFREP's words. */
export interface FlagRefusal {
  readonly status: 400 | 401 | 403 | 404 | 413 | 421 | 429 | 500 | 503;
  readonly errorCode: EvaluationError;
  /** What to do about it. */
  readonly errorDetails: string;
  /** Seconds. */
  readonly retryAfter?: number;
}
