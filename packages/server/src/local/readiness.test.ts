import { createSystemClock } from '@slipway/engine';
import { expect, test } from 'vitest';
import { unreadiness } from './readiness.ts';

const clock = createSystemClock();
/** Time that runs out at once. */
const hasty = { ...clock, sleep: async () => {} };
const going = new AbortController().signal;
const answers = { query: async () => [] };
const refuses = { query: () => Promise.reject(new Error('/srv/secret/slipway.db is full')) };
const silent = { query: () => new Promise<never>(() => {}) };

test.each([
  ['a database that answers', answers, clock, going, null],
  ['a database that refuses', refuses, clock, going, 'the database refuses'],
  ['a database that keeps silent', silent, hasty, going, 'the database does not answer'],
  ['a server that stops', answers, clock, AbortSignal.abort(), 'the server is stopping'],
])('%s', async (_, database, time, stopping, reason) => {
  expect(await unreadiness({ database, clock: time, stopping })).toBe(reason);
});
