import { RetryableError, TerminalError } from '@slipway/provider-kit';
import type { TestServer } from '@slipway/provider-kit/testing';
import {
  contextFor,
  createTestContext,
  describeCheckConformance,
  refusedUrl,
  rejectionOf,
  startTestServer,
} from '@slipway/provider-kit/testing';
import { describe, expect, it, vi } from 'vitest';
import { httpCheck } from './index.ts';

const startApi = async (body: string, headers: Readonly<Record<string, string>> = {}): Promise<TestServer> =>
  await startTestServer(({ path }, response) => {
    if (path.startsWith('/silent')) return;
    if (path === '/moved') response.writeHead(302, { location: '/elsewhere' }).end();
    else response.writeHead(path === '/down' ? 503 : 200, headers).end(body);
  });

const run = async (config: object, secrets: Readonly<Record<string, string>> = {}) => {
  const context = createTestContext({ secrets });
  const result = await httpCheck.run(httpCheck.schema.parse(config), contextFor(httpCheck.needs, context));
  return { ...result, lines: context.lines };
};

describeCheckConformance(httpCheck, async () => {
  const api = await startApi('{"ok":true}');
  const headers = { authorization: { env: 'API_TOKEN' } };
  return {
    context: { secrets: { API_TOKEN: 'Bearer top-secret-token' } },
    passing: { url: `${api.url}/?key=1`, headers, json: { '$.ok': true } },
    failing: { url: `${api.url}/down`, headers },
    cannotAsk: { url: await refusedUrl(), headers },
    endless: {
      config: { url: `${api.url}/silent`, headers, timeout: '1h' },
      begun: async () => void (await vi.waitUntil(() => api.requests.length === 1, { timeout: 5000 })),
    },
    [Symbol.asyncDispose]: api.close,
  };
});

describe('http check: JSON', () => {
  const BODY =
    '{"status":"ok","count":12,"ratio":0.5,"none":null,"list":[1,2,3],"huge":1e999,"text":"9","deep":{"a":[{"n":"x","v":1}]}}';
  it.each([
    ['$.status', 'ok', 'pass', '"ok"'],
    ['$.status', 'OK', 'fail', '"ok"'],
    ['$.count', 12, 'pass', '12'],
    ['$.count', '12', 'fail', '12'],
    ['$.none', null, 'pass', 'null'],
    ['$.none', false, 'fail', 'null'],
    ['$.count', { above: 11 }, 'pass', '12'],
    ['$.count', { above: 12 }, 'fail', '12'],
    ['$.count', { below: 12 }, 'fail', '12'],
    ['$.count', { above: 10, below: 20 }, 'pass', '12'],
    ['$.count', { above: 10, below: 11 }, 'fail', '12'],
    ['$.count', { equals: 12 }, 'pass', '12'],
    ['$.list[*]', { above: 0 }, 'pass', '1, 2, 3'],
    ['$.list[*]', { above: 1 }, 'fail', '1, 2, 3'],
    ["$.deep.a[?@.n=='x'].v", 1, 'pass', '1'],
    ['$.status', { matches: '^o.$' }, 'pass', '"ok"'],
    ['$.status', { matches: '^k' }, 'fail', '"ok"'],
    ['$.text', { above: 1 }, 'unknown', '"9"'],
    ['$.count', { matches: '1' }, 'unknown', '12'],
    ['$.huge', { above: 1 }, 'unknown', 'Infinity'],
    ['$.none', { below: 1 }, 'unknown', 'null'],
    ['$.missing', { below: 1 }, 'unknown', 'nothing there'],
    ['$.missing', null, 'unknown', 'nothing there'],
    ['$.constructor', { matches: '' }, 'unknown', 'nothing there'],
    ['$.list', 1, 'fail', '[1,2,3]'],
  ] as const)('%s as %j: %s', async (path, condition, verdict, found) => {
    await using api = await startApi(BODY);
    const result = await run({ url: api.url, json: { [path]: condition } });
    expect(result.evidence.items[1]).toMatchObject({ asked: `value at ${path}`, found, verdict });
    expect(result.verdict).toBe(verdict === 'pass' ? 'pass' : 'fail');
  });

  it.each([
    ['a body that is not JSON', '<html>'],
    ['a body that is not JSON', 'NaN'],
    ['a body that is not JSON', ''],
    ['a body that is too long to read', `"${'x'.repeat(1_100_000)}"`],
  ])('never passes on %s', async (found, body) => {
    await using api = await startApi(body);
    const { verdict, evidence } = await run({ url: api.url, json: { $: { below: 5 } } });
    expect(verdict).toBe('fail');
    expect(evidence.items[1]).toMatchObject({ found, verdict: 'unknown' });
  });

  it('never passes on a document that is nested too deeply for the path', async () => {
    const deep = `${'['.repeat(10_000)}${']'.repeat(10_000)}`;
    await using api = await startApi(`{"a":${deep},"b":${deep}}`);
    const { verdict, evidence } = await run({ url: api.url, json: { '$[?@ == $.b]': 1 } });
    expect(verdict).toBe('fail');
    const found = 'the document is nested too deeply for the JSONPath';
    expect(evidence.items[1]).toMatchObject({ found, verdict: 'unknown' });
  });

  it('gives up on a pattern or a path that takes too long, which never passes', { timeout: 20_000 }, async () => {
    await using api = await startApi(JSON.stringify({ text: `${'a'.repeat(40)}b`, list: [`${'a'.repeat(40)}b`] }));
    const json = { '$.text': { matches: '^(a+)+$' }, "$.list[?search(@, '^(a+)+$')]": 'x' };
    const { verdict, evidence } = await run({ url: api.url, json });
    expect(verdict).toBe('fail');
    expect(evidence.items.slice(1).map((item) => item.verdict)).toEqual(['unknown', 'unknown']);
  });
});

describe('http check: status, header, latency', () => {
  it.each([
    ['status', { status: 503 }, '/down', 'pass', '503'],
    ['status', {}, '/down', 'fail', '503'],
    ['status', { status: 302 }, '/moved', 'pass', '302'],
    ['status', {}, '/moved', 'pass', '200'],
    ['header X-Version', { header: { 'X-Version': '2.5.0' } }, '/', 'pass', '2.5.0'],
    ['header X-Version', { header: { 'X-Version': '2.5' } }, '/', 'fail', '2.5.0'],
    ['header x-version', { header: { 'x-version': { matches: '^2\\.' } } }, '/', 'pass', '2.5.0'],
    ['header x-version', { header: { 'x-version': { matches: '^3' } } }, '/', 'fail', '2.5.0'],
    ['header x-other', { header: { 'x-other': { matches: '' } } }, '/', 'unknown', 'no such header'],
    ['latency', { latency: { below: '1m' } }, '/', 'pass', expect.stringMatching(/^\d+\.\d ms$/)],
    ['latency', { latency: { below: '1ms' } }, '/slow', 'fail', expect.stringMatching(/^\d+\.\d ms$/)],
  ])('%s, given %j at %s: %s', async (asked, config, path, verdict, found) => {
    await using api = await startTestServer((request, response) => {
      const answer = () => response.writeHead(request.path === '/down' ? 503 : 200, { 'x-version': '2.5.0' }).end();
      if (request.path === '/moved') response.writeHead(302, { location: '/' }).end();
      else if (request.path === '/slow') setTimeout(answer, 20);
      else answer();
    });
    const result = await run({ url: `${api.url}${path}`, ...config });
    expect(result.evidence.items.find((item) => item.asked === asked)).toMatchObject({ found, verdict });
    expect(result.verdict).toBe(verdict === 'pass' ? 'pass' : 'fail');
  });
});

describe('http check: the request', () => {
  it('sends what it was told, secrets included, and shows neither them nor the query', async () => {
    await using api = await startApi('{}');
    const headers = { 'X-Plain': 'a', Authorization: { env: 'TOKEN' }, 'X-File': { file: 'key.txt' } };
    const config = { url: `${api.url}/graphql?key=abc`, method: 'POST', headers, body: '{"q":1}', status: 500 };
    const { evidence } = await run(config, { TOKEN: 'Bearer s3cret', 'key.txt': 'file-s3cret' });
    expect(api.requests[0]).toMatchObject({ method: 'POST', path: '/graphql?key=abc', body: '{"q":1}' });
    expect(api.requests[0]?.headers).toMatchObject({
      'x-plain': 'a',
      authorization: 'Bearer s3cret',
      'x-file': 'file-s3cret',
    });
    expect(evidence.summary).toBe(`POST ${api.url}/graphql does not answer as expected: status is 200, expected 500`);
    expect(JSON.stringify(evidence)).not.toMatch(/s3cret|key=/);
  });

  it('asks nothing when a secret is not set', async () => {
    await using api = await startApi('{}');
    expect(await rejectionOf(run({ url: api.url, headers: { a: { env: 'NOT_SET' } } }))).toBeInstanceOf(TerminalError);
    expect(api.requests).toEqual([]);
  });
});

describe('http check: tries', () => {
  const startFlaky = async (failures: number, fail: 'status' | 'reset'): Promise<TestServer> => {
    let left = failures;
    return await startTestServer((_request, response) => {
      left -= 1;
      if (left >= 0 && fail === 'reset') response.destroy();
      else response.writeHead(left >= 0 ? 503 : 200).end();
    });
  };

  it.each([
    ['status', 2, 2, 3, 'pass'],
    ['status', 3, 2, 3, 'fail'],
    ['status', 0, 5, 1, 'pass'],
    ['reset', 2, 2, 3, 'pass'],
  ] as const)(
    'with %s failing %i times and %i retries makes %i: %s',
    async (fail, failures, retries, tries, verdict) => {
      await using api = await startFlaky(failures, fail);
      const result = await run({ url: api.url, retries, every: '1ms' });
      expect(result.verdict).toBe(verdict);
      expect(api.requests).toHaveLength(tries);
      expect(result.lines).toHaveLength(tries - 1);
    },
  );

  it('throws when the last try has no answer, whatever came before', async () => {
    await using api = await startFlaky(5, 'reset');
    expect(await rejectionOf(run({ url: api.url, retries: 2, every: '1ms' }))).toBeInstanceOf(RetryableError);
    expect(api.requests).toHaveLength(3);
  });

  it('stops waiting for the next try when it is aborted', async () => {
    await using api = await startFlaky(5, 'status');
    const controller = new AbortController();
    const context = createTestContext({ signal: controller.signal });
    const config = httpCheck.schema.parse({ url: api.url, retries: 5, every: '1h' });
    const logged = Promise.withResolvers<void>();
    const rejection = rejectionOf(
      httpCheck.run(config, { ...contextFor(httpCheck.needs, context), log: () => logged.resolve() }),
    );
    await logged.promise;
    controller.abort();
    expect(await rejection).toBeInstanceOf(Error);
    expect(api.requests).toHaveLength(1);
  });
});

describe('http check: schema', () => {
  const url = 'https://example.com/health';
  it.each([
    [{ url }],
    [{ url: '{{ address }}/health' }],
    [{ url: 'http://{{ host }}/health' }],
    [{ url, json: { '$.a': { above: 1, below: 2 } } }],
  ])('accepts %j', (config) => {
    expect(httpCheck.schema.safeParse(config).success).toBe(true);
  });

  it.each([
    [{}, /url|expected string/],
    [{ url: 'ftp://example.com' }, /http or https/],
    [{ url: 'example.com' }, /http or https/],
    [{ url, method: 'DELETE' }, /GET/],
    [{ url, body: 'x' }, /needs method: POST/],
    [{ url, status: 99 }, /100/],
    [{ url, json: { 'a.b': 1 } }, /JSONPath/],
    [{ url, json: { '$.a': {} } }, /Invalid input|at least one/],
    [{ url, json: { '$.a': { above: '1' } } }, /Invalid input/],
    [{ url, json: { '$.a': { above: Number.NaN } } }, /Invalid input/],
    [{ url, json: { '$.a': { matches: '(' } } }, /regular expression|Invalid input/],
    [{ url, header: { 'a b': 'x' } }, /header name|Invalid key/],
    [{ url, latency: { below: '0s' } }, /at least 1ms/],
    [{ url, timeout: '5' }, /duration/],
    [{ url, retries: 101 }, /100/],
    [{ url, statuss: 200 }, /statuss/],
  ])('refuses %j', (config, message) => {
    expect(httpCheck.schema.safeParse(config).error?.message).toMatch(message);
  });
});
