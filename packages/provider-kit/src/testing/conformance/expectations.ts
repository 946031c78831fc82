import { inspect } from 'node:util';
import { expect } from 'vitest';
import type { Evidence } from '../../evidence.ts';
import { OutcomeUnknownError, RetryableError, TerminalError } from '../../errors.ts';

/** What a promise rejects with; fails where it resolves. */
export async function rejectionOf(promise: Promise<unknown>): Promise<unknown> {
  const outcome = await promise.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
  if ('error' in outcome) return outcome.error;
  throw new Error(`expected a rejection, but it resolved with ${inspect(outcome.value)}`);
}

/** The error is one of those that the engine understands, and its message is one line for people. */
export function expectNamedError(error: unknown): void {
  expect(error).toBeInstanceOf(Error);
  const known = [TerminalError, RetryableError, OutcomeUnknownError].some((kind) => error instanceof kind);
  expect(known, `${inspect(error)} is none of TerminalError, RetryableError and OutcomeUnknownError`).toBe(true);
  if (error instanceof Error) expect(error.message).toMatch(/^[^\n\r]{1,2000}$/);
}

/** The bounds that evidence.ts sets. */
export function expectBoundedEvidence(evidence: Evidence): void {
  expect(evidence.summary).toMatch(/^[^\n\r]{1,2000}$/);
  expect(evidence.items.length).toBeLessThanOrEqual(100);
  const texts = evidence.items.flatMap(({ asked, found, expected }) => [asked, found, expected]);
  expect(texts.filter((text) => text.length > 2000)).toEqual([]);
}

/** No secret in anything that could be written down, an error's stack, causes and own properties included. */
export function expectNoSecrets(thing: unknown, secrets: Readonly<Record<string, string>>): void {
  const text = inspect(thing, { depth: 20, showHidden: true, maxStringLength: Infinity, maxArrayLength: Infinity });
  for (const [name, value] of Object.entries(secrets)) {
    expect(text.includes(value), `the secret ${name} shows in ${text.replaceAll(value, '***')}`).toBe(false);
  }
}
