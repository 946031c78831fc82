import type { ServerResponse } from 'node:http';
import { afterEach, describe, expect, test } from 'vitest';
import { answer, listen, type Listening } from '../testing/launch-server.ts';
import { isHealthy } from './health.ts';

let server: Listening | null = null;
afterEach(async () => {
  await server?.close();
  server = null;
});

describe('a server is healthy where it says so, and only there', () => {
  test.each<[string, (response: ServerResponse, path: string | undefined) => void, boolean]>([
    ['it says yes', (response) => answer(response, 200, { ok: true }), true],
    ['it says yes and more', (response) => answer(response, 200, { ok: true, version: '1' }), true],
    ['it says no', (response) => answer(response, 200, { ok: false }), false],
    ['it says something else', (response) => answer(response, 200, '<p>ok</p>'), false],
    ['it says nothing', (response) => answer(response, 200, ''), false],
    ['it refuses', (response) => answer(response, 503, { ok: false }), false],
    ['it says yes and refuses', (response) => answer(response, 503, { ok: true }), false],
    ['it closes', (response) => response.destroy(), false],
    [
      'it sends us elsewhere',
      (response, path) =>
        path === '/healthz' ? response.writeHead(302, { location: '/yes' }).end() : answer(response, 200, { ok: true }),
      false,
    ],
  ])('%s', async (_, respond, healthy) => {
    server = await listen((request, response) => respond(response, request.url));
    expect(await isHealthy(server.url)).toBe(healthy);
  });

  test('nobody listens', async () => {
    const gone = await listen(() => undefined);
    await gone.close();
    expect(await isHealthy(gone.url)).toBe(false);
  });
});
