import { createSystemClock } from '@slipway/engine';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { launchAfter } from '../view/testing/launches.ts';
import { type App, buildApp } from './app.ts';
import { SECURITY_HEADERS } from './security-headers.ts';
import type { Services } from './services.ts';
import { BEARER, fakeServices } from './testing/fake-services.ts';

/** A heartbeat is a moment here. */
const HURRY = 100;
const system = createSystemClock();
const clock = {
  ...system,
  now: () => system.now() * HURRY,
  sleep: (ms: number, signal?: AbortSignal) => system.sleep(ms / HURRY, signal),
};

let app: App;
let services: Services;
let url: string;
let open: AbortController[];

beforeEach(async () => {
  const launch = launchAfter();
  const stopping = new AbortController();
  const event = { seq: 1, at: 1, actor: { kind: 'slipway' }, event: { type: 'held' }, previous: '', hash: '' };
  services = await fakeServices({
    clock,
    stopping: stopping.signal,
    engine: { find: async () => launch },
    writtenEvents: async (_id, { after, upTo } = { after: 0, upTo: 1 }) =>
      [event].filter(({ seq }) => seq > after && seq <= upTo),
  });
  app = await buildApp(services);
  await app.listen({ host: '127.0.0.1', port: 0 });
  const address = app.server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  url = `http://127.0.0.1:${port}/api/v1/launches/shop-1/stream`;
  open = [stopping];
});

afterEach(async () => {
  for (const each of open) each.abort();
  // Of what a client gave up, nothing is waited for.
  app.server.closeAllConnections();
  await app.close();
});

async function watch(headers: Readonly<Record<string, string>> = {}): Promise<Response> {
  const leaving = new AbortController();
  open.push(leaving);
  return await fetch(url, { headers: { ...BEARER, ...headers }, signal: leaving.signal });
}

test('a stream has the headers of every answer', async () => {
  const { headers } = await watch();
  expect(headers.get('connection')).toBe('close');
  expect(Object.fromEntries(headers)).toMatchObject({ ...SECURITY_HEADERS, 'content-type': 'text/event-stream' });
});

test('a person who has 50 streams is told to come again later, and may once one ended', async () => {
  const streams = [];
  for (let count = 0; count < 50; count += 1) streams.push(await watch());
  expect(new Set(streams.map(({ status }) => status))).toEqual(new Set([200]));
  const refused = await watch();
  expect([refused.status, refused.headers.get('retry-after'), await refused.json()]).toEqual([
    429,
    '10',
    { code: 'too-many', message: expect.stringContaining('close some') },
  ]);
  open[1]?.abort();
  let status = 429;
  while (status === 429) ({ status } = await watch());
  expect(status).toBe(200);
});

test('a question for the headers alone gets an end, and takes no place', async () => {
  const asked = await fetch(url, { method: 'HEAD', headers: BEARER, signal: AbortSignal.timeout(5_000) });
  expect(asked.status).toBe(404);
});

test('a stream ends when the token is taken away', async () => {
  const response = await watch();
  await services.tokens.remove('local');
  expect(await response.text()).toContain('"id":"shop-1"');
  expect((await watch()).status).toBe(401);
});

test.each<[header: string, first: string]>([
  ['0', 'id: 1\nevent: recorded\ndata: {"seq":1,'],
  ['1', 'id: 1\nevent: view\n'],
  ['', 'id: 1\nevent: view\n'],
  ['-1', 'id: 1\nevent: view\n'],
  ['1e0', 'id: 1\nevent: view\n'],
  ['9'.repeat(400), 'id: 1\nevent: view\n'],
])('a client that comes back with %j gets what it has missed first', async (lastEventId, first) => {
  const { body } = await watch({ 'last-event-id': lastEventId });
  const text = new TextDecoder().decode((await body?.getReader().read())?.value);
  expect(text.startsWith(first)).toBe(true);
  expect(text).toContain('event: view\n');
});
