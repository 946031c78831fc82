import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Failure } from '../failure.ts';
import { messagesFor } from '../messages/messages-for.ts';
import { answer, listen, type Listening, refuse } from '../testing/launch-server.ts';
import { type Call, readJson, readText, send } from './request.ts';

const GET: Call = { method: 'GET', path: '/api/v1/launches' };
const TOKEN = 'the-token-that-nobody-must-see';
const m = messagesFor('en');

let handle: RequestListener;
let asked: IncomingMessage[];
let listening: Listening;
beforeEach(async () => {
  asked = [];
  listening = await listen((request, response) => {
    asked.push(request);
    handle(request, response);
  });
});
afterEach(() => listening.close());

function ask(call: Call, signal = new AbortController().signal): Promise<Response> {
  return send({ url: listening.url, token: TOKEN }, call, { m, signal });
}

async function failureOf(work: Promise<unknown>): Promise<Failure> {
  const failure: unknown = await work.then(
    () => null,
    (error: unknown) => error,
  );
  if (!(failure instanceof Failure)) throw new Error('it did not fail by name', { cause: failure });
  expect(failure.message).not.toContain(TOKEN);
  expect(failure.message).not.toContain('\n');
  return failure;
}

describe('a request', () => {
  test.each<[string, Call, Record<string, string | undefined>]>([
    ['asks for JSON', GET, { accept: 'application/json', 'content-type': undefined }],
    ['shows the token', GET, { authorization: `Bearer ${TOKEN}` }],
    ['says the language', GET, { 'accept-language': 'en' }],
    ['asks for what the call wants', { ...GET, accept: 'text/markdown' }, { accept: 'text/markdown' }],
    ['carries the headers of the call', { ...GET, headers: { 'last-event-id': '7' } }, { 'last-event-id': '7' }],
    [
      'names the type of its body',
      { ...GET, method: 'POST', body: {} },
      { 'content-type': 'application/json', 'content-length': '2' },
    ],
    ['has a body for null as well', { ...GET, method: 'POST', body: null }, { 'content-length': '4' }],
  ])('%s', async (_, call, headers) => {
    handle = (_request, response) => answer(response, 200, {});
    await ask(call);
    for (const [name, value] of Object.entries(headers)) expect([name, asked[0]?.headers[name]]).toEqual([name, value]);
  });
});

describe('a refusal', () => {
  test.each<[string, (response: ServerResponse) => void, Failure['code'], string]>([
    [
      'of the server keeps its code',
      (response) => refuse(response, 409, 'conflict'),
      'conflict',
      'refused as conflict',
    ],
    [
      'of the token says where a token goes',
      (response) => refuse(response, 401, 'unauthenticated'),
      'unauthenticated',
      'does not know your token: set SLIPWAY_TOKEN, or name a file with --token-file; an admin there makes one with slipway token create',
    ],
    [
      'of a request that is too long for the server',
      (response) =>
        answer(response, 431, { code: 'wrong-input', message: 'Exceeded maximum allowed HTTP header size' }),
      'wrong-input',
      'refuses so long a request (431): look at the token',
    ],
    [
      'of an address that is too long',
      (response) => answer(response, 414, ''),
      'wrong-input',
      'so long a request (414)',
    ],
    ['401 of somebody else', (response) => answer(response, 401, 'no'), 'unauthenticated', 'answered 401, and not as'],
    ['403 of somebody else', (response) => answer(response, 403, ''), 'not-allowed', 'answered 403, and not as'],
    ['404 of somebody else', (response) => answer(response, 404, '[]'), 'internal', 'answered 404, and not as'],
    ['500 of somebody else', (response) => answer(response, 500, '{}'), 'unavailable', 'answered 500, and not as'],
    [
      'with a code of a newer server',
      (response) => answer(response, 400, { code: 'new', message: 'm' }),
      'internal',
      'answered 400, and not as',
    ],
    [
      'larger than any refusal is not kept',
      (response) => answer(response, 503, 'x'.repeat(2_000_000)),
      'unavailable',
      'answered 503, and not as',
    ],
    [
      'that breaks off',
      (response) => response.writeHead(503, { 'content-length': 9 }).write('{', () => response.destroy()),
      'unavailable',
      'answered 503, and not as',
    ],
    ['without an answer', (response) => response.destroy(), 'unavailable', 'cannot be reached: fetch failed'],
  ])('%s', async (_, respond, code, words) => {
    handle = (_request, response) => respond(response);
    const failure = await failureOf(ask(GET));
    expect(failure.code).toBe(code);
    expect(failure.message).toContain(words);
  });

  test('keeps every problem', async () => {
    const problems = ['launch.yaml:1:1: a', 'launch.yaml:2:1: b'];
    handle = (_request, response) => answer(response, 400, { code: 'wrong-input', message: 'wrong', problems });
    expect((await failureOf(ask(GET))).details).toEqual(problems);
  });
});

describe('a server that is not reached', () => {
  test('says what to do where nobody listens', async () => {
    await listening.close();
    const failure = await failureOf(ask(GET));
    expect(failure.code).toBe('unavailable');
    expect(failure.message).toBe(
      `nothing listens at ${listening.url.origin}: start a server with "slipway serve", or name another with --server`,
    );
    listening = await listen(handle);
  });

  test('that does not answer in time is called slow', async () => {
    handle = () => undefined;
    const failure = await failureOf(ask(GET, AbortSignal.timeout(1)));
    expect(failure.message).toBe(
      `the server at ${listening.url.origin} does not answer in time: is it overloaded? Try again`,
    );
  });

  test('that sends us elsewhere is not followed: the token stays here', async () => {
    handle = (request, response) =>
      request.url === GET.path ? response.writeHead(307, { location: '/elsewhere' }).end() : answer(response, 200, {});
    expect((await failureOf(ask(GET))).code).toBe('unavailable');
    expect(asked.map((request) => request.url)).toEqual([GET.path]);
  });
});

describe('an answer', () => {
  test.each<[string, (response: ServerResponse) => void, Failure['code'], string]>([
    [
      'that is no JSON',
      (response) => answer(response, 200, '<p>'),
      'internal',
      'the answer of /api/v1/launches is not JSON',
    ],
    ['that is empty', (response) => answer(response, 200, ''), 'internal', 'is not JSON: check --server'],
    [
      'that breaks off',
      (response) => response.writeHead(200, { 'content-length': 9 }).write('{', () => response.destroy()),
      'unavailable',
      'the connection broke off: ',
    ],
  ])('%s is a failure by its name', async (_, respond, code, words) => {
    handle = (_request, response) => respond(response);
    const failure = await failureOf(ask(GET).then((response) => readJson(response, m)));
    expect(failure.code).toBe(code);
    expect(failure.message).toContain(words);
  });

  test('is read up to as many bytes as there is room for', async () => {
    handle = (_request, response) => {
      response.write('abc');
      response.end('é');
    };
    const read = (most: number): Promise<string> => ask(GET).then((response) => readText(response, most, m));
    expect(await read(5)).toBe('abcé');
    const failure = await failureOf(read(4));
    expect([failure.code, failure.message]).toEqual(['internal', 'the answer is larger than 4 bytes and was not read']);
  });
});
