import { createSystemClock, StorageError } from '@slipway/engine';
import { expect, test } from 'vitest';
import { createReadiness } from './readiness.ts';

const clock = createSystemClock();
/** Time that runs out at once. */
const hasty = { ...clock, sleep: async () => {} };
const going = new AbortController().signal;
const isOpen = () => true;
const answers = async (): Promise<void> => {};
const refuses = () => Promise.reject(new Error('/srv/secret/slipway.db is odd'));
const isFull = () => Promise.reject(new StorageError('full', '/srv/secret/slipway.db is full'));
const silent = () => new Promise<never>(() => {});
const FULL = "the disk of the server's data is full: free some space";

test.each([
  ['data that can be written', answers, clock, going, null],
  ['data on a full disk', isFull, clock, going, FULL],
  ['a database that refuses', refuses, clock, going, 'the database refuses'],
  ['a database that keeps silent', silent, hasty, going, 'the database does not answer'],
  ['a server that stops', answers, clock, AbortSignal.abort(), 'the server is stopping'],
])('%s', async (_, probe, time, stopping, reason) => {
  expect(await createReadiness({ probe, clock: time, isOpen, stopping })()).toBe(reason);
});

test('a server that has not taken up yet what was under way says so, and writes nothing', async () => {
  let [opened, probes] = [false, 0];
  const probe = async () => void (probes += 1);
  const ready = createReadiness({ probe, clock, isOpen: () => opened, stopping: going });
  expect([await ready(), probes]).toEqual(['the server is starting', 0]);
  opened = true;
  expect([await ready(), probes]).toEqual([null, 1]);
});

test('whoever asks often does not write often; after a while the answer is asked for again', async () => {
  let [probes, running] = [0, 0];
  const probe = () => (++probes === 1 ? isFull() : answers());
  const ready = createReadiness({ probe, clock: { ...clock, running: () => running }, isOpen, stopping: going });
  expect([await ready(), await ready(), probes]).toEqual([FULL, FULL, 1]);
  running = 2_000;
  expect([await ready(), probes]).toEqual([null, 2]);
});

test('a database that keeps silent is not asked again and again', async () => {
  let probes = 0;
  const probe = () => (++probes > 0 ? silent() : answers());
  const ready = createReadiness({ probe, clock: hasty, isOpen, stopping: going });
  for (let asked = 0; asked < 5; asked += 1) await ready();
  expect(probes).toBe(1);
});
