import type { ShardsAnswer } from '@slipway/contract';
import type { ShardsAsked } from '@slipway/engine';
import { RetryableError, TerminalError } from '@slipway/provider-kit';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { hashToken } from '../auth/access.ts';
import { buildApp } from './app.ts';
import { BEARER, fakeServices } from './testing/fake-services.ts';

const PLAN = `launch: shop
artifact: { name: shop }
environments:
  production:
    tier: production
    target: { process: { command: [node, server.ts], instances: 3 } }
    router: { builtin: { listen: 8080 } }
metrics:
  errors: { from: router, ratio: server-errors }
phases:
  - phase: production
    steps: [{ deploy: production }]
`;
const ASKED = {
  text: PLAN,
  file: 'launch.yaml',
  directory: '.',
  environment: 'production',
  metric: 'errors',
  span: null,
};
const ANSWER: ShardsAnswer = {
  version: '1.0.0',
  source: 'live',
  now: 5,
  readings: [{ boot: 'one', at: 4, shards: [{ name: 'a:1', bad: 1, total: 10 }] }],
};

let workspace: string;
beforeEach(() => {
  workspace = mkdtempSync(join(tmpdir(), 'slipway-shards-'));
});
afterEach(() => {
  rmSync(workspace, { recursive: true, force: true });
});

async function open(readShards: (asked: ShardsAsked) => Promise<ShardsAnswer>) {
  const services = await fakeServices({ workspace, readShards });
  const app = await buildApp(services);
  const ask = async (changes: object = {}, headers = BEARER) => {
    const payload = { ...ASKED, ...changes };
    const answer = await app.inject({
      method: 'POST',
      url: '/api/v1/shards',
      headers: { ...headers, host: 'localhost' },
      payload,
    });
    return [answer.statusCode, answer.json()] as const;
  };
  return { ask, services };
}

test('answers with what the shards have counted; the version of the plan may be left open', async () => {
  const seen: ShardsAsked[] = [];
  const { ask } = await open(async (asked) => {
    seen.push(asked);
    return ANSWER;
  });
  expect(await ask()).toEqual([200, ANSWER]);
  await ask({ span: { from: 0, to: 60_000 }, artifactVersion: '2.0.0' });
  expect(seen.map(({ span, plan }) => [span, plan.artifact.version])).toEqual([
    [null, '0.0.0'],
    [{ from: 0, to: 60_000 }, '2.0.0'],
  ]);
});

test.each<[string, object, number, RegExp]>([
  [
    'an environment that the plan has not',
    { environment: 'moon' },
    422,
    /no environment called moon; it has production/,
  ],
  ['a metric that every object has', { metric: 'constructor' }, 422, /no metric called constructor; it has errors/],
  ['a wrong plan', { text: 'launch: 1' }, 422, /cannot be launched/],
  ['a folder outside the workspace', { directory: '../..' }, 400, /outside the server's workspace/],
  ['a span that is none', { span: { from: 'x', to: 1 } }, 400, /span/],
])('refuses %s, and reads nothing', async (_, changes, status, words) => {
  const { ask } = await open(() => Promise.reject(new Error('nobody reads')));
  expect(await ask(changes)).toEqual([status, expect.objectContaining({ message: expect.stringMatching(words) })]);
});

test.each<[Error, number, string]>([
  [new TerminalError('nothing runs in production'), 422, 'wrong-input'],
  [new RetryableError('the router does not answer'), 503, 'unavailable'],
])('says of %s that it is %i', async (error, status, code) => {
  const { ask } = await open(() => Promise.reject(error));
  expect(await ask()).toEqual([status, { code, message: error.message }]);
});

test('takes an operator, as a launch does', async () => {
  const { ask, services } = await open(async () => ANSWER);
  const token = `slipway_${'b'.repeat(43)}`;
  await services.tokens.add({ id: 't', person: 'bob@shop.example', role: 'member', createdAt: 1 }, hashToken(token));
  expect(await ask({}, { authorization: `Bearer ${token}` })).toEqual([
    403,
    expect.objectContaining({ code: 'not-allowed' }),
  ]);
  expect(await ask({}, { authorization: '' })).toEqual([401, expect.objectContaining({ code: 'unauthenticated' })]);
});

test('reads once at a time for each person', async () => {
  const [begun, end] = [Promise.withResolvers<void>(), Promise.withResolvers<ShardsAnswer>()];
  const { ask } = await open(() => {
    begun.resolve();
    return end.promise;
  });
  const first = ask();
  await begun.promise;
  expect(await ask()).toEqual([429, expect.objectContaining({ code: 'too-many' })]);
  end.resolve(ANSWER);
  expect(await first).toEqual([200, ANSWER]);
  expect(await ask()).toEqual([200, ANSWER]);
});
