import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Context, TIMING } from './context.ts';
import { run } from './program.ts';

/** Refuses everything, and remembers in which language it was asked. */
const asked: (string | undefined)[] = [];
const server = createServer((request, response) => {
  asked.push(`${request.url} ${request.headers['accept-language']}`);
  response.writeHead(404, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ code: 'not-found', message: 'nothing here' }));
});
let url: string;

beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

function context(env: Context['env']): Context {
  const silent = () => new PassThrough().resume();
  return {
    cwd: '/',
    env: { SLIPWAY_SERVER: url, SLIPWAY_TOKEN: 'token', ...env },
    platform: 'linux',
    now: () => 0,
    input: new PassThrough(),
    output: silent(),
    errors: silent(),
    serverMain: () => '',
    onStop: () => () => undefined,
    timing: TIMING,
  };
}

describe('the server is asked in the language that the command speaks', () => {
  test.each([
    [['list'], {}, '/api/v1/launches en'],
    [['list'], { LANG: 'fr_FR.UTF-8' }, '/api/v1/launches fr'],
    [['list', '--lang', 'fr'], { LANG: 'C' }, '/api/v1/launches fr'],
    [['list', '--lang', 'en'], { LANG: 'fr_FR' }, '/api/v1/launches en'],
    [['status', '--launch', 'shop-1', '--lang', 'fr'], {}, '/api/v1/launches/shop-1 fr'],
    [['watch', '--launch', 'shop-1', '--lang', 'fr'], {}, '/api/v1/launches/shop-1 fr'],
    [['report', '--launch', 'shop-1', '--lang', 'fr'], {}, '/api/v1/launches/shop-1/record?format=markdown fr'],
  ])('%j with %j', async (argv, env, request) => {
    asked.length = 0;
    await run(argv, context(env));
    expect(asked).toEqual([request]);
  });
});
