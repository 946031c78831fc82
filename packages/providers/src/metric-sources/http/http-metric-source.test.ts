import { RetryableError, TerminalError } from '@slipway/provider-kit';
import {
  describeGaugeConformance,
  describeMetricSourceConformance,
  expectNamedError,
  expectNoSecrets,
  refusedUrl,
  rejectionOf,
  startTestServer,
} from '@slipway/provider-kit/testing';
import { describe, expect, it, vi } from 'vitest';
import { ARMS, readWith } from '../testing/read-with.ts';
import { httpMetricSource } from './index.ts';

const TOKEN = 'Bearer top-secret-token';
const PATHS = { bad: '$.bad', total: '$.total' };
const HEADERS = { authorization: { env: 'TOKEN' } };

describeMetricSourceConformance(
  httpMetricSource,
  async () => {
    let total = 100;
    const bodies: Readonly<Record<string, () => string>> = {
      '/counts/2.5.0': () => JSON.stringify({ bad: 2, total }),
      '/counts/2.4.0': () => JSON.stringify({ bad: 1, total }),
      '/all': () => JSON.stringify({ versions: { '2.5.0': { bad: 2, total }, '2.4.0': { bad: 1, total } } }),
      '/empty/2.5.0': () => '{}',
      '/number/2.5.0': () => '{"bad":1,"total":1e999}',
      '/type/2.5.0': () => '{"bad":1,"total":"100"}',
      '/stale/2.5.0': () => '{"bad":1,"total":100,"at":"2020-01-01T00:00:00Z"}',
    };
    const server = await startTestServer(({ path, headers }, response) => {
      if (path.startsWith('/silent')) return;
      const body = bodies[path];
      const status = headers.authorization !== TOKEN ? 401 : body === undefined ? 404 : 200;
      response.writeHead(status).end(body?.());
    });
    const at = (path: string) => ({ url: `${server.url}${path}/{version}`, headers: HEADERS, ...PATHS });
    return {
      server,
      at,
      context: { secrets: { TOKEN, WRONG: 'Bearer another-token' } },
      broken: { secrets: { TOKEN: 'Bearer no-more-token' } },
      queries: [
        at('/counts'),
        {
          url: `${server.url}/all`,
          headers: HEADERS,
          bad: "$.versions['{version}'].bad",
          total: "$.versions['{version}'].total",
        },
      ] as const,
      arms: ARMS,
      more: async () => {
        total += 10;
      },
      [Symbol.asyncDispose]: server.close,
    };
  },
  {
    'no answer in time': {
      query: ({ at }) => ({ ...at('/silent'), timeout: '200ms' }),
      says: /no answer within 200 ms/,
      endless: {
        query: ({ at }) => ({ ...at('/silent'), timeout: '5s' }),
        begun: async ({ server }) => void (await vi.waitUntil(() => server.requests.length > 0)),
      },
    },
    'an empty answer': { query: ({ at }) => at('/empty'), says: /bad: there is nothing at \$\.bad: give 0/ },
    'a number that is none': { query: ({ at }) => at('/number'), says: /total is Infinity: give/ },
    'a stale sample': {
      query: ({ at }) => ({ ...at('/stale'), at: '$.at' }),
      says: /newest sample is \d+d\S* old, older than fresh: 1m/,
    },
    'a wrong type': { query: ({ at }) => at('/type'), says: /total is a text, not a number: give/ },
    'refused credentials': {
      query: ({ at }) => ({ ...at('/counts'), headers: { authorization: { env: 'WRONG' } } }),
      says: /answered 401: check the secret in headers/,
    },
  },
);

describeGaugeConformance(
  httpMetricSource,
  async () => {
    let value = 7.5;
    const bodies: Readonly<Record<string, () => string>> = {
      '/now/2.5.0': () => JSON.stringify({ memory: value }),
      '/now/2.4.0': () => JSON.stringify({ memory: value }),
      '/infinite/2.5.0': () => '{"memory":1e999}',
      '/text/2.5.0': () => '{"memory":"7.5"}',
      '/stale/2.5.0': () => '{"memory":7.5,"at":"2020-01-01T00:00:00Z"}',
    };
    const server = await startTestServer(({ path }, response) => void response.end(bodies[path]?.() ?? '{}'));
    const at = (path: string) => ({ url: `${server.url}${path}/{version}`, value: '$.memory', unit: 'MB' });
    return {
      at,
      context: {},
      query: at('/now'),
      high: 7.5,
      low: -0.25,
      arms: ARMS,
      fall: async () => void (value = -0.25),
      [Symbol.asyncDispose]: server.close,
    };
  },
  {
    nothing: { query: ({ at }) => at('/empty'), says: /value: there is nothing at \$\.memory/ },
    'an infinite number': { query: ({ at }) => at('/infinite'), says: /value is Infinity: give a finite number/ },
    'a text': { query: ({ at }) => at('/text'), says: /value is a text, not a number/ },
    'a stale sample': {
      query: ({ at }) => ({ ...at('/stale'), at: '$.at' }),
      says: /newest sample is \d+d\S* old, older than fresh: 1m/,
    },
  },
);

const read = async (query: object, arms: object = {}) =>
  await readWith(httpMetricSource, { ...PATHS, ...query }, { arms, secrets: { TOKEN } });

describe('http metric source', () => {
  it('asks for each version at its own URL', async () => {
    await using server = await startTestServer((_request, response) => void response.end('{"bad":1,"total":2}'));
    await read({ url: `${server.url}/{version}?v={version}` }, { newVersion: '2.5.0+build.1' });
    expect(server.requests.map(({ path }) => path).toSorted()).toEqual([
      '/2.4.0?v=2.4.0',
      '/2.5.0%2Bbuild.1?v=2.5.0%2Bbuild.1',
    ]);
  });

  it('says by boot that either version began again', async () => {
    const boots: Record<string, string> = { '/2.5.0': 'a', '/2.4.0': 'b' };
    await using server = await startTestServer(({ path }, response) => {
      response.end(JSON.stringify({ bad: 1, total: 2, boot: boots[path] }));
    });
    const boot = async () => (await read({ url: `${server.url}/{version}`, boot: '$.boot' })).boot;
    const first = await boot();
    expect(await boot()).toBe(first);
    boots['/2.5.0'] = 'c';
    const second = await boot();
    boots['/2.4.0'] = 'd';
    expect(new Set([first, second, await boot()]).size).toBe(3);
  });

  it.each([
    ['<html>', /^the document is not JSON: give the URL/],
    ['{"bad":NaN,"total":1}', /^the document is not JSON/],
    ['', /^the document is not JSON/],
    ['{"bad":null,"total":1}', /^bad is null: give 0/],
    ['{"bad":1,"total":[1,2]}', /^total is a list/],
    [`{"bad":1,"total":2,"x":"${'x'.repeat(1_100_000)}"}`, /^the document is too long/],
    ['{"bad":3,"total":2}', /^bad is 3 and total is 2/],
  ])('says what is wrong with %.40s', async (body, says) => {
    await using server = await startTestServer((_request, response) => void response.end(body));
    const { new: fresh, old } = await read({ url: `${server.url}/{version}` });
    for (const arm of [fresh, old]) expect(arm).toEqual({ kind: 'missing', reason: expect.stringMatching(says) });
  });

  it('says that a document is nested too deeply for a path', async () => {
    const deep = `${'['.repeat(10_000)}${']'.repeat(10_000)}`;
    await using server = await startTestServer((_request, response) => {
      response.end(`{"total":2,"a":${deep},"b":${deep}}`);
    });
    const { new: fresh } = await read({ url: `${server.url}/{version}`, bad: '$[?@ == $.b]' });
    const reason =
      'bad: the document is nested too deeply for the JSONPath ($[?@ == $.b]): make it simpler, or give the counts only';
    expect(fresh).toEqual({ kind: 'missing', reason });
  });

  it('says that a path selects several values, or takes too long', { timeout: 20_000 }, async () => {
    const body = JSON.stringify({ bad: [1, 2], total: 2, text: [`${'a'.repeat(40)}b`] });
    await using server = await startTestServer((_request, response) => void response.end(body));
    const reading = async (bad: string) => (await read({ url: `${server.url}/{version}`, bad })).new;
    expect(await reading('$.bad[*]')).toMatchObject({ reason: 'bad: there are 2 values at $.bad[*]: select one' });
    expect(await reading("$.text[?search(@, '^(a+)+$')]")).toMatchObject({
      reason: expect.stringMatching(/took too long/),
    });
  });

  it.each([
    [204, TerminalError, /answered 204: only 200 is believed/],
    [403, TerminalError, /answered 403: check the secret/],
    [404, TerminalError, /answered 404: check url/],
    [429, RetryableError, /answered 429/],
    [500, RetryableError, /answered 500: look at its log/],
    [503, RetryableError, /answered 503/],
  ] as const)('rejects a %i', async (status, kind, says) => {
    await using server = await startTestServer((_request, response) => void response.writeHead(status).end());
    const query = { url: `${server.url}/{version}?key=hidden`, headers: HEADERS };
    const error = await rejectionOf(read(query));
    expect(error).toBeInstanceOf(kind);
    expect(String(error)).toMatch(says);
    expectNamedError(error);
    expectNoSecrets(error, { TOKEN, key: 'hidden' });
  });

  it('keeps what it read of one version where the other fails', async () => {
    await using server = await startTestServer(({ path }, response) => {
      response.writeHead(path === '/2.5.0' ? 200 : 500).end('{"bad":1,"total":2}');
    });
    expect(await read({ url: `${server.url}/{version}` })).toMatchObject({
      new: { kind: 'ratio' },
      old: { kind: 'missing', reason: expect.stringMatching(/answered 500/) },
    });
  });

  it('says that nobody is there', async () => {
    const error = await rejectionOf(read({ url: `${await refusedUrl()}/{version}` }));
    expect(String(error)).toMatch(/connection was refused/);
  });

  const url = 'https://shop.example/{version}';
  it.each([
    [{ url: 'https://shop.example/counts', ...PATHS }, /write \{version\} in url/],
    [{ url: 'https://shop.example/{{ artifact.version }}', ...PATHS }, /write \{version\} in url/],
    [{ url: 'https://shop.example', bad: "$['{version}']", total: '$.total' }, /write \{version\} in url/],
    [{ url, bad: 'bad', total: '$.total' }, /JSONPath/],
    [{ url: 'ftp://x/{version}', ...PATHS }, /http or https/],
    [{ url, ...PATHS, timeout: '1m' }, /at most 5s/],
    [{ url, ...PATHS, quantile: 0.5 }, /quantile/],
    [{ url, ...PATHS, value: '$.memory' }, /bad and total, or value/],
    [{ url, ...PATHS, unit: 'MB' }, /unit/],
    [{ url, bad: '$.bad' }, /bad and total, or value/],
    [{ url, value: '$.memory', boot: '$.boot' }, /boot/],
    [{ url: 'https://shop.example', value: '$.memory' }, /write \{version\} in url or in value/],
    [{ url, value: '$.memory', unit: 'mega bytes' }, /one word/],
  ])('refuses %j', (query, message) => {
    expect(httpMetricSource.schema.safeParse(query).error?.message).toMatch(message);
  });
});
