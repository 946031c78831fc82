import { once } from 'node:events';
import { type ClientRequest, createServer, get, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ServedSet } from '@slipway/engine';
import type { FlagSetDefinition } from '@slipway/flags';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { servedText } from '../answer/served-texts.ts';
import type { RingKey } from '../keys/key-ring.ts';
import { DEFAULT_FLAG_LIMITS, type FlagLimits } from '../limits.ts';
import { FakeFlags } from '../testing/fake-flags.ts';
import { DEFINITION, SET } from '../testing/flag-world.ts';
import { ManualClock } from '../testing/manual-clock.ts';
import { FlagStreams } from './flag-streams.ts';

const KEY: RingKey = { id: 'k-1', set: SET, kind: 'client', createdBy: 'ada', createdAt: 1, hash: 'a' };
const OTHER: RingKey = { ...KEY, id: 'k-2' };
const KILLED: FlagSetDefinition = {
  ...DEFINITION,
  flags: {
    ...DEFINITION.flags,
    banner: { state: 'ENABLED', variants: { on: true, off: false }, defaultVariant: 'off' },
  },
};

let clock: ManualClock;
let flags: FakeFlags;
let streams: FlagStreams;
let server: Server;
let opened: boolean[];

function begin(limits: Partial<FlagLimits> = {}): void {
  streams?.close();
  clock = new ManualClock();
  streams = new FlagStreams({ clock, limits: { ...DEFAULT_FLAG_LIMITS, ...limits }, random: () => 0.5 });
  flags.sets().forEach((served) => streams.knows(served));
}

beforeEach(async () => {
  flags = new FakeFlags();
  flags.serve(SET, DEFINITION);
  opened = [];
  begin();
  server = createServer((request, response) => {
    const key = request.url === '/other' ? OTHER : KEY;
    const last = request.headers['last-event-id'];
    const lastEventId = typeof last === 'string' ? last : null;
    const done = streams.open({ response, key, address: '127.0.0.1', lastEventId, served: flags.find(SET) });
    opened.push(done);
    if (!done) response.writeHead(429).end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterEach(async () => {
  streams.close();
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
});

interface Listening {
  readonly request: ClientRequest;
  readonly response: IncomingMessage;
  text: string;
  ended: boolean;
}

async function listen(path = '/', headers: Readonly<Record<string, string>> = {}): Promise<Listening> {
  const request = get({ port: (server.address() as AddressInfo).port, host: '127.0.0.1', path, headers, agent: false });
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  const listening: Listening = { request, response, text: '', ended: false };
  response.on('data', (chunk: Buffer) => (listening.text += chunk.toString()));
  response.on('close', () => (listening.ended = true));
  response.on('error', () => {});
  await expect.poll(() => listening.text !== '' || response.statusCode !== 200).toBe(true);
  return listening;
}

function served(): ServedSet {
  const found = flags.find(SET);
  if (found === null) throw new Error('there is no set');
  return found;
}

const eventsIn = (text: string): number => text.split('refetchEvaluation').length - 1;

describe('event streams', () => {
  it('greet with when to come back and what is served, and tell of a change in OFREP’s words', async () => {
    const client = await listen();
    expect(client.response.headers).toMatchObject({
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      'access-control-allow-origin': '*',
    });
    expect(client.response.headers['transfer-encoding']).toBeUndefined();
    const { etag } = servedText(served());
    expect(client.text).toBe(`retry: 1250\n\nid: 1-${etag}\n\n`);
    client.text = '';
    flags.serve(SET, KILLED);
    expect(streams.changed(served())).toBe(1);
    await expect.poll(() => eventsIn(client.text)).toBe(1);
    const [id, event, data = ''] = client.text.trim().split('\n');
    const killed = servedText(served()).etag;
    expect([id, event]).toEqual([`id: 2-${killed}`, 'event: message']);
    expect(JSON.parse(data.replace('data: ', ''))).toEqual({
      type: 'refetchEvaluation',
      etag: `2-${killed}`,
      lastModified: 0,
    });
  });

  it('tell nobody where nothing that is served changed', async () => {
    const client = await listen();
    flags.serve(SET, { ...DEFINITION });
    expect(streams.changed(served())).toBeNull();
    flags.serve(SET, KILLED);
    expect([streams.changed(served()), streams.changed(served())]).toEqual([1, null]);
    await expect.poll(() => eventsIn(client.text)).toBe(1);
  });

  it.each<[string, () => string, number]>([
    ['has what is served now', () => `1-${servedText(served()).etag}`, 0],
    ['has the same of another number', () => `77-${servedText(served()).etag}`, 0],
    ['has what was served before', () => '1-0000000000000000', 1],
    ['has something else', () => 'x', 1],
  ])('tell who comes back and %s at once', async (_what, id, events) => {
    const client = await listen('/', { 'last-event-id': id() });
    expect(eventsIn(client.text)).toBe(events);
  });

  it('tell who comes for the first time of what changed while it opened', async () => {
    flags.serve(SET, KILLED);
    streams.changed(served());
    await clock.pass(29_000);
    expect(eventsIn((await listen()).text)).toBe(1);
    await clock.pass(2_000);
    expect(eventsIn((await listen()).text)).toBe(0);
  });

  it('give a sign of life every fifteen seconds', async () => {
    const clients = [await listen(), await listen(), await listen()];
    for (const client of clients) client.text = '';
    await clock.pass(30_000);
    for (const client of clients) await expect.poll(() => client.text).toBe(':\n\n:\n\n');
  });

  it('end after an hour, and not all at once', async () => {
    const client = await listen();
    await clock.pass(44 * 60_000);
    expect([client.ended, streams.count]).toEqual([false, 1]);
    await clock.pass(16 * 60_000);
    await expect.poll(() => client.ended).toBe(true);
    expect(streams.count).toBe(0);
  });

  it('end with their key, and with the server', async () => {
    const [one, other] = [await listen(), await listen('/other')];
    streams.endOf(KEY);
    await expect.poll(() => one.ended).toBe(true);
    expect([other.ended, streams.count]).toEqual([false, 1]);
    streams.close();
    await expect.poll(() => other.ended).toBe(true);
    expect(streams.count).toBe(0);
  });

  it.each([
    ['of all', { streams: 2 }],
    ['of one key', { streamsPerKey: 2 }],
    ['of one address', { streamsPerAddress: 2 }],
  ])('have a bound %s, and give places back', async (_what, limits) => {
    begin(limits);
    const [first] = [await listen(), await listen(), await listen()];
    expect(opened).toEqual([true, true, false]);
    first.request.destroy();
    await expect.poll(() => streams.count).toBe(1);
    await listen();
    expect(opened).toEqual([true, true, false, true]);
  });

  it('end for who does not read', async () => {
    const slow = await listen();
    const quick = await listen();
    slow.response.pause();
    slow.response.socket.pause();
    for (let round = 0; round < 2_000 && streams.count === 2; round += 1) {
      for (let change = 0; change < 100; change += 1) {
        flags.serve(SET, { ...(change % 2 === 0 ? KILLED : DEFINITION), metadata: { filler: 'x'.repeat(10) } });
        streams.changed(served());
      }
      await sleep(1);
    }
    expect([streams.count, quick.ended]).toEqual([1, false]);
    slow.request.destroy();
  });

  it('tell thousands with a write each', async () => {
    const clients = await Promise.all(Array.from({ length: 500 }, () => listen()));
    for (const client of clients) client.text = '';
    flags.serve(SET, KILLED);
    expect(streams.changed(served())).toBe(500);
    await expect.poll(() => clients.filter(({ text }) => eventsIn(text) === 1).length, { timeout: 5_000 }).toBe(500);
  });
});
