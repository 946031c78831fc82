import { readdir, readFile, writeFile } from 'node:fs/promises';
import { RetryableError, TerminalError } from '@slipway/provider-kit';
import {
  createTemporaryDirectory,
  expectNamedError,
  expectNoSecrets,
  rejectionOf,
  startTestServer,
} from '@slipway/provider-kit/testing';
import { describe, expect, it } from 'vitest';
import { readWith } from '../testing/read-with.ts';
import { prometheusMetricSource } from './index.ts';

const secrets = { TOKEN: 'top-secret-token\n' };
const RATIO = { bad: 'errors_total', total: 'requests_total' };

const read = async (query: object, dataDirectory: string) =>
  await readWith(prometheusMetricSource, query, { secrets, dataDirectory, arms: { oldVersion: null } });

const vector = (...values: readonly string[]) => {
  const result = values.map((value) => ({ metric: { version: '2.5.0' }, value: [1000, value] }));
  return { status: 'success', data: { resultType: 'vector', result } };
};
const native = { metric: { version: '2.5.0' }, histogram: [1000, { count: '5', sum: '1', buckets: [] }] };

describe('prometheus metric source: answers that are no counts', () => {
  it.each<[number, unknown, typeof TerminalError | typeof RetryableError, RegExp]>([
    [
      400,
      { status: 'error', errorType: 'bad_data', error: 'parse\nerror' },
      TerminalError,
      /refuses ratio\.total: parse error$/,
    ],
    [401, 'Unauthorized', TerminalError, /401: check the secret in auth/],
    [403, '', TerminalError, /403: the user in auth may not query/],
    [404, 'page not found', TerminalError, /no Prometheus API \(404\): check url/],
    [405, '', TerminalError, /405: give the URL of the API/],
    [302, '', TerminalError, /302: give the URL of the API/],
    [422, { status: 'error', error: 'many-to-many' }, TerminalError, /cannot work out ratio\.total: many-to-many/],
    [429, '', RetryableError, /429: too many queries/],
    [500, '<html>', RetryableError, /500: look at its log/],
    [503, { status: 'error', error: 'query timed out' }, RetryableError, /503: query timed out/],
    [200, '<html>sign in', TerminalError, /not that of the Prometheus API: check url/],
    [200, { status: 'success' }, TerminalError, /not that of the Prometheus API/],
    [200, { ...vector('5'), warnings: ['store is down'] }, RetryableError, /may lack a part: store is down/],
    [200, { status: 'success', data: { resultType: 'streams', result: [] } }, TerminalError, /gives streams/],
    [
      200,
      { status: 'success', data: { resultType: 'vector', result: [native] } },
      TerminalError,
      /native histogram.*_bucket/,
    ],
    [200, { status: 'success', data: { resultType: 'vector', result: [{ value: 5 }] } }, TerminalError, /check url/],
  ])('%i %j', async (status, body, kind, says) => {
    await using directory = await createTemporaryDirectory();
    await using server = await startTestServer((_request, response) => {
      response.writeHead(status, { location: '/sign-in' }).end(typeof body === 'string' ? body : JSON.stringify(body));
    });
    const error = await rejectionOf(
      read({ url: server.url, auth: { token: { env: 'TOKEN' } }, ratio: RATIO }, directory.path),
    );
    expect(error).toBeInstanceOf(kind);
    expect(String(error)).toMatch(says);
    expectNamedError(error);
    expectNoSecrets(error, { TOKEN: 'top-secret-token' });
  });

  it.each([
    ['-Inf', /-Infinity/],
    ['+Inf', /Infinity/],
    ['NaN', /NaN/],
    ['-1', /negative/],
    ['0.5', /not a whole number/],
  ])('a value of %s is missing', async (value, says) => {
    await using directory = await createTemporaryDirectory();
    await using server = await startTestServer(
      (_request, response) => void response.end(JSON.stringify(vector(value))),
    );
    const { new: reading } = await read({ url: server.url, ratio: RATIO }, directory.path);
    expect(reading).toEqual({ kind: 'missing', reason: expect.stringMatching(says) });
  });
});

describe('prometheus metric source: the request', () => {
  it.each([
    ['', {}, undefined],
    ['/', { auth: { token: { env: 'TOKEN' } } }, 'Bearer top-secret-token'],
    ['/prefix/', { auth: { user: 'me', password: { env: 'TOKEN' } } }, 'Basic bWU6dG9wLXNlY3JldC10b2tlbg=='],
  ])('asks below %j, given %j', async (path, auth, authorization) => {
    await using directory = await createTemporaryDirectory();
    await using server = await startTestServer((_request, response) => void response.end(JSON.stringify(vector('5'))));
    await read({ url: `${server.url}${path}`, ...auth, ratio: RATIO }, directory.path);
    expect(server.requests[0]).toMatchObject({
      method: 'POST',
      path: `${path.replace(/\/$/, '')}/api/v1/query`,
      body: 'query=requests_total&timeout=4000ms',
    });
    expect(server.requests[0]?.headers.authorization).toBe(authorization);
    // All at one moment of Prometheus' own clock.
    const times = server.requests.slice(1).map(({ body }) => new URLSearchParams(body).get('time'));
    expect(times).toEqual(['1000', '1000', '1000']);
  });

  it('spends no more time on all its questions than one reading may take', async () => {
    await using directory = await createTemporaryDirectory();
    await using server = await startTestServer((request, response) => {
      const answer = () => response.end(JSON.stringify(vector('5')));
      // Each is in time by itself; the two that follow one another are not.
      setTimeout(answer, 600);
    });
    const error = await rejectionOf(read({ url: server.url, timeout: '1s', ratio: RATIO }, directory.path));
    expect(error).toBeInstanceOf(RetryableError);
    expect(String(error)).toMatch(/Prometheus does not answer: .*: no answer within/);
  });

  it('takes errors for missing that are older than the requests are', async () => {
    await using directory = await createTemporaryDirectory();
    await using server = await startTestServer(({ body }, response) => {
      const query = new URLSearchParams(body).get('query') ?? '';
      const sampledAt = query.includes('errors_total') ? '700' : '1000';
      response.end(JSON.stringify(vector(query.startsWith('timestamp') ? sampledAt : '5')));
    });
    const { new: reading } = await read({ url: server.url, ratio: RATIO }, directory.path);
    const reason = '2.5.0: of ratio.bad the newest sample is 5m old, older than fresh: 1m; is it still scraped?';
    expect(reading).toEqual({ kind: 'missing', reason });
  });

  it('keeps no secret in what it remembers, and begins anew where that cannot be read', async () => {
    await using directory = await createTemporaryDirectory();
    await using server = await startTestServer((_request, response) => void response.end(JSON.stringify(vector('5'))));
    const query = { url: server.url, auth: { token: { env: 'TOKEN' } }, ratio: RATIO };
    const first = await read(query, directory.path);
    expect((await read(query, directory.path)).boot).toBe(first.boot);
    const [name = ''] = await readdir(directory.path);
    const file = `${directory.path}/${name}`;
    expect(await readFile(file, 'utf8')).not.toContain('top-secret');
    await writeFile(file, '{"boot":');
    expect((await read(query, directory.path)).boot).not.toBe(first.boot);
  });

  it('gives no reading where nothing can be remembered', async () => {
    await using server = await startTestServer((_request, response) => void response.end(JSON.stringify(vector('5'))));
    const error = await rejectionOf(read({ url: server.url, ratio: RATIO }, '/no/such/folder'));
    expectNamedError(error);
  });
});

describe('prometheus metric source: schema', () => {
  const url = 'http://prometheus:9090';
  it.each([
    [{ url, ratio: RATIO }],
    [{ url: `${url}/prefix`, by: 'app_version', fresh: '30s', timeout: '5s', ratio: RATIO }],
    [{ url: '{{ artifact.name }}', ratio: RATIO }],
    [{ url, histogram: 'x_bucket', quantile: 0.99, unit: 'ms' }],
    [{ url, value: 'max by (version) (x)', unit: 'bytes' }],
  ])('accepts %j', (query) => {
    expect(prometheusMetricSource.schema.safeParse(query).success).toBe(true);
  });

  it.each([
    {},
    { url },
    { ratio: RATIO },
    { url, ratio: { bad: 'a' } },
    { url, ratio: RATIO, quantile: 0.9 },
    { url, histogram: 'x_bucket' },
    { url, histogram: 'x_bucket', quantile: 1 },
    { url, value: 'x', ratio: RATIO },
    { url, value: 'x', quantile: 0.9 },
    { url, value: 'x', unit: 'mega bytes' },
    { url, ratio: RATIO, unit: 'bytes' },
    { url: 'http://me:pw@prometheus', ratio: RATIO },
    { url: `${url}/?a=b`, ratio: RATIO },
    { url, ratio: RATIO, by: 'a-b' },
    { url, ratio: RATIO, timeout: '6s' },
    { url, ratio: RATIO, auth: { token: 'plain' } },
    { url, ratio: RATIO, auth: { token: { env: 'A' }, user: 'b' } },
  ])('refuses %j', (query) => {
    expect(prometheusMetricSource.schema.safeParse(query).success).toBe(false);
  });
});
