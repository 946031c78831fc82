import { createHttpClient, type HttpClient } from '@slipway/provider-kit';
import { refusedUrl, rejectionOf, startTestServer } from '@slipway/provider-kit/testing';
import type { Identity } from '@slipway/plan';
import { describe, expect, test } from 'vitest';
import { askInstance } from './ask-instance.ts';

const JSON_PLACE: Identity['at'] = { json: '$.version', keys: ['version'] };
const HEADER_PLACE: Identity['at'] = { header: 'x-version' };

interface Asked {
  readonly at?: Identity['at'];
  readonly timeout?: number;
  readonly signal?: AbortSignal;
  readonly http?: HttpClient;
}

const ask = async (url: string, { at = JSON_PLACE, timeout = 10_000, signal, http }: Asked = {}) => {
  const instance = { id: '2', address: new URL(url).host, ready: true, restarts: 0 };
  const identity = { path: '/healthz?full=1', at, is: '', timeout };
  return await askInstance(http ?? createHttpClient(), instance, {
    identity,
    expected: '2.2.0',
    signal: signal ?? new AbortController().signal,
    shown: (said) => `<${said}>`,
  });
};

interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

const askOf = async ({ status = 200, headers = {}, body = '' }: Answer, at?: Identity['at']) => {
  await using server = await startTestServer((_request, response) => response.writeHead(status, headers).end(body));
  const { found } = await ask(server.url, at === undefined ? {} : { at });
  return found;
};

const json = (version: unknown): Answer => ({ body: JSON.stringify({ version, at: { it: ['a', '2.2.0'] } }) });
const unknown = (reason: string, more: object = {}) => ({ is: 'unknown', why: { reason, instance: '2', ...more } });
const nothing = unknown('nothing', { place: '$.version' });
const CONFIRMED = { is: 'confirmed', instances: 1 };

describe('the version in a JSON answer', () => {
  test.each<[string, Answer, object]>([
    ['as it should be', json('2.2.0'), CONFIRMED],
    ['of another version', json('2.1.0'), { is: 'other', instance: '2', said: '<2.1.0>' }],
    ['with white space', json(' 2.2.0'), { is: 'other', instance: '2', said: '< 2.2.0>' }],
    ['a whole number', json(220), { is: 'other', instance: '2', said: '<220>' }],
    ['a number with a fraction, which is not as it was written', { body: '{"version":2.20}' }, nothing],
    ['no text', json(''), nothing],
    ['null', json(null), nothing],
    ['a list', json(['2.2.0']), nothing],
    ['missing', { body: '{}' }, nothing],
    ['an HTML page', { headers: { 'content-type': 'text/html' }, body: '<h1>2.2.0</h1>' }, unknown('no-json')],
    ['an empty answer', {}, unknown('no-json')],
    ['JSON under another type', { ...json('2.2.0'), headers: { 'content-type': 'text/plain' } }, CONFIRMED],
    ['an error that says the right one', { ...json('2.2.0'), status: 503 }, unknown('status', { status: 503 })],
    ['too much', { body: `{"version":"2.2.0","x":"${'x'.repeat(70_000)}"}` }, unknown('too-large')],
    ['nested deeply', { body: `${'['.repeat(30_000)}${']'.repeat(30_000)}` }, nothing],
  ])('%s', async (_, answer, found) => {
    expect(await askOf(answer)).toEqual(found);
  });

  test.each<[readonly (string | number)[], object]>([
    [['at', 'it', 1], CONFIRMED],
    [['at', 'it', -1], CONFIRMED],
    [['at', 'it', 2], nothing],
    [['at', 0], nothing],
    [['at', 'it', '1'], nothing],
    [['constructor', 'name'], nothing],
    [['__proto__'], nothing],
  ])('by the keys %j', async (keys, found) => {
    expect(await askOf(json('2.2.0'), { json: '$.version', keys })).toEqual(found);
  });
});

describe('the version in a header', () => {
  test.each<[string, Answer, object]>([
    ['as it should be', { headers: { 'X-Version': '2.2.0' } }, CONFIRMED],
    ['before a huge body', { headers: { 'x-version': '2.2.0' }, body: 'x'.repeat(3_000_000) }, CONFIRMED],
    ['of another version', { headers: { 'x-version': '2.1.0' } }, { is: 'other', instance: '2', said: '<2.1.0>' }],
    ['missing', { headers: { 'x-other': '2.2.0' } }, unknown('nothing', { place: 'x-version' })],
  ])('%s', async (_, answer, found) => {
    expect(await askOf(answer, HEADER_PLACE)).toEqual(found);
  });
});

test('it is asked for the path of the plan, with its query', async () => {
  await using server = await startTestServer((_request, response) => response.end('{"version":"2.2.0"}'));
  await ask(server.url);
  expect(server.requests).toMatchObject([{ method: 'GET', path: '/healthz?full=1', body: '' }]);
});

test('a redirect is not followed', async () => {
  await using other = await startTestServer((_request, response) => response.end('{"version":"2.2.0"}'));
  const headers = { location: `${other.url}/healthz`, 'x-version': '2.2.0' };
  expect(await askOf({ status: 302, headers })).toEqual(unknown('status', { status: 302 }));
  expect(await askOf({ status: 302, headers }, HEADER_PLACE)).toEqual(unknown('status', { status: 302 }));
  expect(other.requests).toEqual([]);
});

describe('nobody knows, and why,', () => {
  test('where nobody listens', async () => {
    const { found, detail } = await ask(await refusedUrl());
    expect(found).toEqual(unknown('silent'));
    expect(detail).toContain('the connection was refused');
  });

  test('where no answer comes in time', async () => {
    await using server = await startTestServer(() => undefined);
    const { found, detail } = await ask(server.url, { timeout: 50 });
    expect(found).toEqual(unknown('silent'));
    expect(detail).toContain('no answer within 50 ms');
  });

  test('where the answer never ends', async () => {
    await using server = await startTestServer((_request, response) => void response.write('{"version":'));
    const { found, detail } = await ask(server.url, { timeout: 50 });
    expect(found).toEqual(unknown('silent'));
    expect(detail).toContain('no answer within 50 ms');
  });

  test('where what it says first was the beginning of too much, without reading to the end', async () => {
    await using server = await startTestServer((_request, response) => void response.write('x'.repeat(70_000)));
    expect((await ask(server.url)).found).toEqual(unknown('too-large'));
  });
});

test('whoever is stopped is told so, and gets no answer', async () => {
  await using server = await startTestServer(() => undefined);
  const controller = new AbortController();
  const rejection = rejectionOf(ask(server.url, { signal: controller.signal }));
  controller.abort(new Error('the launch was called off'));
  expect(await rejection).toMatchObject({ message: 'the launch was called off' });
});
