import type { ReceivedRequest } from '@slipway/provider-kit/testing';
import { expectNamedError, expectNoSecrets, rejectionOf, startTestServer } from '@slipway/provider-kit/testing';
import { expect } from 'vitest';

/** One answer of whom a message is posted to. */
export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | ((request: ReceivedRequest) => string);
}

/** With what a channel rejects that posts once to a server and gets this answer. */
export async function rejectionWhenAnswered(answer: Answer, post: (url: string) => Promise<unknown>): Promise<unknown> {
  const { status, headers = {}, body = '' } = answer;
  await using server = await startTestServer((request, response) => {
    response.writeHead(status, headers).end(typeof body === 'string' ? body : body(request));
  });
  const error = await rejectionOf(post(server.url));
  expect(server.requests).toHaveLength(1);
  return error;
}

export interface Rejection {
  readonly kind: abstract new (...args: never[]) => Error;
  readonly message: RegExp;
}

/** One of the named errors, with a message that shows no secret. */
export function expectRejection(
  error: unknown,
  { kind, message }: Rejection,
  secrets: Readonly<Record<string, string>>,
): void {
  expect(error).toBeInstanceOf(kind);
  expect(error).toMatchObject({ message: expect.stringMatching(message) });
  expectNamedError(error);
  expectNoSecrets(error, secrets);
}

/** What `Retry-After` says, and how many milliseconds that is where it is 1,000 s after the epoch. */
export const RETRY_AFTER: readonly (readonly [string, number | null])[] = [
  ['30', 30_000],
  ['Thu, 01 Jan 1970 00:16:45 GMT', 5000],
  ['', null],
];
