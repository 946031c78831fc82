/** The provider is sure that trying again cannot help: a wrong configuration, a refusal. The engine does not retry. */
export class TerminalError extends Error {
  override readonly name = 'TerminalError';
}

/** The cause may pass: a connection refused, a 503. The engine retries while the step has attempts left. */
export class RetryableError extends Error {
  override readonly name = 'RetryableError';
  /** Milliseconds the other side asked us to wait (Retry-After); null when it did not say. */
  readonly retryAfterMs: number | null;

  constructor(message: string, options: { retryAfterMs?: number; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.retryAfterMs = options.retryAfterMs ?? null;
  }
}

/**
 * It was begun and nobody can say how it ended: a deploy that timed out, a message whose answer was lost. Not a failure and
 * not a success. The engine asks the provider's `verify`; where that cannot tell either, it runs again only what is idempotent
 * and otherwise asks a person.
 */
export class OutcomeUnknownError extends Error {
  override readonly name = 'OutcomeUnknownError';
}

/** One line that says what went wrong, whatever was thrown. Never includes a stack: messages reach people. */
export function reasonOf(thrown: unknown): string {
  if (thrown instanceof Error) return thrown.message === '' ? thrown.name : thrown.message;
  return String(thrown);
}
