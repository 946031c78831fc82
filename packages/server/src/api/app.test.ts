import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { apiError } from '@slipway/contract';
import { StorageError } from '@slipway/engine';
import { afterEach, describe, expect, test } from 'vitest';
import { type App, buildApp } from './app.ts';
import { requireLoopbackHost } from './require-loopback-host.ts';
import { SECURITY_HEADERS } from './security-headers.ts';
import { BEARER, type Fakes, fakeServices, TOKEN } from './testing/fake-services.ts';

let app: App;

afterEach(() => app.close());

async function build(fakes: Fakes = {}): Promise<App> {
  app = await buildApp(await fakeServices(fakes));
  return app;
}

const PLAN = { text: 'launch: x', file: 'launch.yaml', directory: '.' };
const json = { ...BEARER, 'content-type': 'application/json' };

/** What a server answers to bytes that need not be HTTP. */
async function answerTo(bytes: string): Promise<string> {
  await app.listen({ host: '127.0.0.1', port: 0 });
  const address = app.server.address();
  const socket = connect(typeof address === 'object' && address !== null ? address.port : 0, '127.0.0.1');
  socket.write(bytes);
  return await text(socket);
}

describe('the name by which a server of this machine is asked', () => {
  test.each([
    ['127.0.0.1:7070', 200],
    ['127.9.9.9', 200],
    ['localhost', 200],
    ['LocalHost:1', 200],
    ['[::1]:7070', 200],
  ])('%j is answered with %d', async (host, status) => {
    await build();
    const answer = await app.inject({ url: '/api/v1/server', headers: { ...BEARER, host } });
    expect(answer.statusCode).toBe(status);
  });

  test.each([
    ['evil.example', 421],
    ['evil.example:7070', 421],
    ['localhost.evil.example', 421],
    ['127.0.0.1.evil.example', 421],
    ['evil.example#localhost', 421],
    ['192.168.0.1', 421],
    ['[::2]', 421],
  ])('%j is refused with %d', async (host, status) => {
    await build();
    const answer = await app.inject({ url: '/api/v1/server', headers: { ...BEARER, host } });
    expect(answer.statusCode).toBe(status);
    expect(apiError.parse(answer.json()).message).toMatch(/ask it as 127\.0\.0\.1/);
  });

  test('is asked for before the token, and of open routes too', async () => {
    await build();
    const headers = { host: 'evil.example' };
    expect((await app.inject({ url: '/api/v1/server', headers })).statusCode).toBe(421);
    expect((await app.inject({ url: '/healthz', headers })).statusCode).toBe(421);
  });

  test.each([undefined, ''])('is a must: %j', (host) => {
    expect(() => requireLoopbackHost(host)).toThrow('127.0.0.1');
  });

  test('is any where it listens beyond this machine', async () => {
    await build({ loopback: false });
    const headers = { ...BEARER, host: 'slipway.shop.example' };
    expect((await app.inject({ url: '/api/v1/server', headers })).statusCode).toBe(200);
  });
});

describe('every answer', () => {
  test.each([
    ['GET', '/healthz', 200],
    ['GET', '/api/v1/openapi.json', 200],
    ['GET', '/api/v1/launches', 401],
    ['GET', '/nothing', 404],
    ['PUT', '/api/v1/launches', 404],
    ['GET', '/%ff', 400],
    ['POST', '/api/v1/launches', 401],
  ] as const)('to %s %s (%d) is neither kept, framed nor guessed at', async (method, url, status) => {
    await build();
    const answer = await app.inject({ method, url, headers: status === 401 ? {} : BEARER });
    expect(answer.statusCode).toBe(status);
    expect(answer.headers).toMatchObject(SECURITY_HEADERS);
    expect(apiError.safeParse(answer.json()).success).toBe(status !== 200);
  });

  test.each([
    ['no HTTP at all', 'hello\r\n\r\n', 400],
    ['a header without end', `GET / HTTP/1.1\r\nhost: localhost\r\nx: ${'x'.repeat(20_000)}\r\n\r\n`, 431],
  ])('to %s too', async (_, bytes, status) => {
    await build();
    const [head = '', body = ''] = (await answerTo(bytes)).split('\r\n\r\n');
    expect(head).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) expect(head).toContain(`${name}: ${value}`);
    expect(apiError.safeParse(JSON.parse(body)).error).toBeUndefined();
  });
});

describe('a refusal says what is true', () => {
  test.each([
    ['/api/v1/launches', '16 MB'],
    ['/api/v1/records/verify', '64 MB'],
  ])('of %s, which takes %s', async (url, size) => {
    await build();
    const headers = { ...json, 'content-length': '70000000' };
    const answer = await app.inject({ method: 'POST', url, headers, payload: '{}' });
    expect([answer.statusCode, answer.json()]).toEqual([
      413,
      { code: 'too-large', message: `the request is larger than ${size}` },
    ]);
  });

  test.each([
    [Buffer.from('{"text":"caf\xe9"}', 'latin1'), 12],
    [Buffer.concat([Buffer.from('{"text":"é'), Buffer.from([0xc3]), Buffer.from('"}')]), 11],
    [Buffer.from([0xff]), 0],
  ])('of a body that is not UTF-8: %j at byte %d', async (payload, offset) => {
    await build();
    const answer = await app.inject({ method: 'POST', url: '/api/v1/plans/report', headers: json, payload });
    expect(answer.statusCode).toBe(400);
    expect(apiError.parse(answer.json()).message).toContain(`byte ${offset} cannot be read`);
  });

  test('and takes a body that is UTF-8', async () => {
    await build();
    const payload = { ...PLAN, text: 'launch: é—🚀', directory: undefined };
    const answer = await app.inject({ method: 'POST', url: '/api/v1/plans/report', headers: json, payload });
    expect(answer.statusCode).toBe(200);
  });

  test.each([
    ['local', 409, /would be locked out.*delete the file "token"/],
    ['nobody', 404, /"slipway token list" shows/],
  ])('of taking the token %s away', async (id, status, message) => {
    await build();
    const answer = await app.inject({ method: 'DELETE', url: `/api/v1/tokens/${id}`, headers: BEARER });
    expect(answer.statusCode).toBe(status);
    expect(apiError.parse(answer.json()).message).toMatch(message);
    expect((await app.inject({ url: '/api/v1/tokens', headers: BEARER })).statusCode).toBe(200);
  });

  test('of shutting down a place where a launch is at work', async () => {
    await build({ shutdownEnvironment: async () => 'shop-7' });
    const url = '/api/v1/environments/shop.production/shutdown';
    const answer = await app.inject({ method: 'POST', url, headers: BEARER });
    expect([answer.statusCode, answer.json()]).toEqual([
      409,
      { code: 'conflict', message: expect.stringMatching(/^launch shop-7 is at work in shop\.production/) },
    ]);
  });

  test.each(['..', '.', 'shop.', '.production', 'a.b.c', '%2e%2e', 'a%2fb'])(
    'of shutting down what is no place: %s',
    async (name) => {
      const asked: string[] = [];
      await build({ shutdownEnvironment: async (place) => (asked.push(place), null) });
      const url = `/api/v1/environments/${name}/shutdown`;
      expect((await app.inject({ method: 'POST', url, headers: BEARER })).statusCode).toBeGreaterThanOrEqual(400);
      expect(asked).toEqual([]);
    },
  );
});

describe('a folder of plans', () => {
  const start = async (directory: string) => {
    const workspace = mkdtempSync(join(tmpdir(), 'slipway-workspace-'));
    mkdirSync(join(workspace, '..x'));
    await build({
      workspace,
      engine: { start: async () => ({ ok: false, rejection: { code: 'conflict', message: 'started' } }) },
    });
    const text =
      'launch: tiny\nartifact: { name: tiny, version: 1.0.0 }\nphases: [{ phase: a, steps: [{ wait: A, for: 1s }] }]\n';
    const payload = { ...PLAN, text, directory };
    const answer = await app.inject({ method: 'POST', url: '/api/v1/launches', headers: json, payload });
    rmSync(workspace, { recursive: true });
    return answer.json<{ readonly message: string }>().message;
  };

  test('may be called ..x', async () => expect(await start('..x')).toBe('started'));
  test('above the workspace is refused with a way that there is', async () => {
    expect(await start('..')).toMatch(/outside the server's workspace .*slipway serve --data/);
  });
});

describe('what a failure tells', () => {
  const SECRET = '/home/ada/.slipway/slipway.db hunter2';
  test.each([
    ['storage', new StorageError('full', SECRET), 503, 'unavailable'],
    ['storage that is closed', new StorageError('closed', SECRET), 503, 'unavailable'],
    ['anything', new Error(SECRET), 500, 'internal'],
    ['anything with a status of its own', Object.assign(new Error(SECRET), { statusCode: 502 }), 500, 'internal'],
  ])('of %s: no path and no secret', async (_, error, status, code) => {
    await build({ engine: { list: () => Promise.reject(error) } });
    const answer = await app.inject({ url: '/api/v1/launches', headers: BEARER });
    expect([answer.statusCode, apiError.parse(answer.json()).code]).toEqual([status, code]);
    expect(answer.body).not.toMatch(/home|slipway\.db|hunter2/);
    expect(answer.body).not.toContain(TOKEN);
  });
});

test.each([
  [null, 200, { ok: true }],
  ['the database refuses', 503, { code: 'unavailable', message: 'the database refuses' }],
])('says whether it is ready to anybody who asks: %s', async (reason, status, body) => {
  await build({ unreadiness: async () => reason });
  const answer = await app.inject('/readyz');
  expect([answer.statusCode, answer.json()]).toEqual([status, body]);
});
