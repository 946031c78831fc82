import { PassThrough } from 'node:stream';
import { type Clock, createSystemClock } from '@slipway/engine';
import { beforeEach, expect, test } from 'vitest';
import { READ_WITHIN, writeToClient } from './write-to-client.ts';

let client: PassThrough;
let patience: PromiseWithResolvers<void>;
let waited: number[];
let clock: Clock;
let leaving: AbortController;

beforeEach(() => {
  client = new PassThrough({ highWaterMark: 4 });
  patience = Promise.withResolvers();
  waited = [];
  leaving = new AbortController();
  clock = {
    ...createSystemClock(),
    sleep: (ms, signal) => {
      waited.push(ms);
      signal?.addEventListener('abort', () => patience.resolve());
      return patience.promise;
    },
  };
});

const write = (text: string) => writeToClient(client, text, { clock, signal: leaving.signal });

test('a client that reads is not waited for', async () => {
  expect([await write('abc'), waited]).toEqual([true, []]);
});

test.each<[string, boolean, () => void]>([
  ['reads', true, () => client.resume()],
  ['goes', false, () => client.destroy()],
  ['does not read in time', false, () => patience.resolve()],
  ['is left', false, () => leaving.abort()],
])('a client that is full is waited for until it %s: %s', async (_, expected, happen) => {
  const written = write('abcdefgh');
  expect(waited).toEqual([READ_WITHIN]);
  happen();
  expect(await written).toBe(expected);
  expect(client.listenerCount('drain')).toBe(0);
});

test('a client that is gone is written nothing', async () => {
  client.destroy();
  expect(await write('abc')).toBe(false);
});
