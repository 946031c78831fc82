import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { RetryableError, TerminalError } from '@slipway/provider-kit';
import type { TestServer } from '@slipway/provider-kit/testing';
import {
  contextFor,
  createTemporaryDirectory,
  createTestContext,
  describeCheckConformance,
  expectNoSecrets,
  refusedUrl,
  rejectionOf,
  startTestServer,
} from '@slipway/provider-kit/testing';
import { describe, expect, it, vi } from 'vitest';
import { httpSuiteCheck } from './index.ts';
import { API_TOKEN, CSRF, PASSWORD, SESSION, startLoginApp } from './testing/login-app.ts';

const SECRETS = { SMOKE_PASSWORD: PASSWORD };

const LOGIN = `
requests:
  - name: form
    url: /login
    expect: { status: 200, headers: { content-type: { contains: html } } }
    capture:
      csrf: { body: 'name="csrf" value="([^"]+)"' }
  - name: sign in
    method: POST
    url: '{{ base }}/login'
    body: { form: { user: smoke, password: '{{ password }}', csrf: '{{ csrf }}' } }
    expect: { body: { contains: 'Welcome back, {{ user }}', matches: 'h1>' } }
    capture: { sid: { cookie: sid } }
  - name: token
    method: POST
    url: /api/token
    capture: { token: $.access_token }
  - name: order
    method: POST
    url: /api/orders
    headers: { authorization: 'Bearer {{ token }}' }
    body: { json: { cart: [1, 2, 3] } }
    expect:
      status: [200, 201]
      json:
        $.id: { above: 0 }
        $.items: { length: 3 }
        $.items[*]: { above: 0, below: 4 }
        $.note: null
        $.error: { exists: false }
    capture: { order: $.id }
  - name: read it
    url: /api/orders/{{ order }}
    times: 5
    expect: { status: 2xx, within: 10s, json: { $.id: '{{ order }}', $.state: { not: open, matches: '^p' } } }
`;

const WITH = { user: 'smoke', password: { env: 'SMOKE_PASSWORD' } };

const run = async (config: object, more: { signal?: AbortSignal; directory?: string } = {}) => {
  const context = createTestContext({ secrets: SECRETS, ...more });
  return await httpSuiteCheck.run(httpSuiteCheck.schema.parse(config), contextFor(httpSuiteCheck.needs, context));
};

const runFile = async (text: string, config: object, name = 'smoke.yaml') => {
  await using directory = await createTemporaryDirectory();
  await writeFile(join(directory.path, name), text);
  return await run({ file: name, ...config }, { directory: directory.path });
};

describeCheckConformance(httpSuiteCheck, async () => {
  const app = await startLoginApp();
  const silent = await startTestServer(() => undefined);
  const requests = (password: string) => [
    { name: 'form', url: '/login', capture: { csrf: { body: 'value="([^"]+)"' } } },
    {
      name: 'sign in',
      method: 'POST',
      url: '/login',
      body: { form: { password, csrf: '${csrf}' } },
      expect: { body: { contains: 'Welcome' } },
    },
  ];
  return {
    context: { secrets: SECRETS },
    passing: { base: app.url, with: WITH, requests: requests('${password}') },
    failing: { base: app.url, with: WITH, requests: requests('not ${password}') },
    cannotAsk: { base: await refusedUrl(), with: WITH, requests: requests('${password}') },
    endless: {
      config: { base: silent.url, requests: [{ name: 'silent', url: '/', timeout: '1h' }] },
      begun: async () => void (await vi.waitUntil(() => silent.requests.length === 1, { timeout: 5000 })),
    },
    [Symbol.asyncDispose]: async () => {
      await app.close();
      await silent.close();
    },
  };
});

describe('http-suite check: a sign-in', () => {
  it('goes through form, redirect, cookie, token and API', async () => {
    await using app = await startLoginApp();
    const { verdict, evidence } = await runFile(LOGIN, { base: app.url, with: WITH });
    expect(evidence.items.filter((item) => item.verdict !== 'pass')).toEqual([]);
    expect(verdict).toBe('pass');
    expect(app.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'GET /login',
      'POST /login',
      'GET /account',
      'POST /api/token',
      'POST /api/orders',
      ...Array.from({ length: 5 }, () => 'GET /api/orders/42'),
    ]);
    expect(evidence.items.find((item) => item.asked === 'read it: latency')?.found).toMatch(
      /^\d+\.\d ms \(95th percentile of 5\)$/,
    );
    expectNoSecrets(evidence, { PASSWORD, CSRF, SESSION, API_TOKEN });
  });

  it('asks nothing that hangs on what failed, and says so', async () => {
    await using app = await startLoginApp();
    const { verdict, evidence } = await runFile(LOGIN, { base: app.url, with: { ...WITH, password: 'wrong' } });
    expect(verdict).toBe('fail');
    expect(evidence.summary).toMatch(/^sign in: status of POST .*\/login is 403, expected 2xx; 2 of 5 requests were/);
    expect(evidence.items.filter((item) => item.found.startsWith('not asked'))).toMatchObject([
      { asked: 'order: request', found: 'not asked: it needs "token", which was not captured', verdict: 'unknown' },
      { asked: 'read it: request', found: 'not asked: it needs "order", which was not captured', verdict: 'unknown' },
    ]);
    // The token's request needs nothing that is captured.
    expect(app.requests.map(({ path }) => path)).toEqual(['/login', '/login', '/api/token']);
  });

  it('shows the values that were filled in, and no secret', async () => {
    await using app = await startLoginApp();
    const text = LOGIN.replace("$.id: '{{ order }}'", "$.state: 'order {{ order }} of {{ password }}'").replace(
      ', $.state: { not: open',
      ', $.items: { not: open',
    );
    const { evidence } = await runFile(text, { base: app.url, with: WITH });
    expect(evidence.items.filter((item) => item.verdict !== 'pass')).toMatchObject([
      { asked: 'read it: value at $.state', found: '"paid"', expected: '"order 42 of [redacted]"' },
      { asked: 'read it: value at $.items', found: '[1,2,3]' },
    ]);
    expect(evidence.items.map((item) => item.asked)).toContain(`read it: status of GET ${app.url}/api/orders/42`);
    expectNoSecrets(evidence, { PASSWORD, CSRF, SESSION, API_TOKEN });
  });

  it('never shows a token, even where nobody said that it is one', async () => {
    await using app = await startTestServer((_request, response) => {
      const headers = {
        'set-cookie': `sid=${SESSION}`,
        location: `/x?code=${CSRF}`,
        'content-type': 'application/json',
      };
      response.writeHead(200, headers).end(JSON.stringify({ access_token: API_TOKEN, deep: { password: PASSWORD } }));
    });
    const expectation = {
      headers: { 'set-cookie': 'x', location: 'x' },
      json: { '$.access_token': 'x', '$.deep': 'x', $: 'x' },
      body: { contains: 'not there' },
    };
    const { evidence } = await run({ base: app.url, requests: [{ name: 'a', url: '/', expect: expectation }] });
    expect(evidence.items.filter((item) => item.verdict === 'fail')).toHaveLength(6);
    expectNoSecrets(evidence, { PASSWORD, CSRF, SESSION, API_TOKEN, encoded: encodeURIComponent(CSRF) });
  });
});

const answering = async (
  body: string,
  headers: Readonly<Record<string, string>> = {},
  status = 200,
): Promise<TestServer> =>
  await startTestServer((_request, response) => void response.writeHead(status, headers).end(body));

describe('http-suite check: expectations', () => {
  const BODY = '{"n":5,"s":"5","null":null,"huge":1e999,"empty":"","list":[1,2],"obj":{"a":1},"yes":true}';
  it.each([
    ['$.n', 5, 'pass'],
    ['$.n', '5', 'fail'],
    ['$.s', 5, 'fail'],
    ['$.yes', 'true', 'fail'],
    ['$.null', null, 'pass'],
    ['$.null', { exists: true }, 'pass'],
    ['$.null', { exists: false }, 'fail'],
    ['$.null', { not: 'x' }, 'fail'],
    ['$.null', { not: null }, 'fail'],
    ['$.n', { not: null }, 'pass'],
    ['$.n', { not: 4 }, 'pass'],
    ['$.n', { not: 5 }, 'fail'],
    ['$.s', { not: 4 }, 'fail'],
    ['$.missing', { not: 'x' }, 'fail'],
    ['$.missing', { not: null }, 'fail'],
    ['$.missing', null, 'fail'],
    ['$.missing', { exists: true }, 'fail'],
    ['$.missing', { exists: false }, 'pass'],
    ['$.missing', { exists: false, equals: 1 }, 'fail'],
    ['$.missing', { below: 5 }, 'fail'],
    ['$.missing', { length: 0 }, 'fail'],
    ['$.missing', { matches: '' }, 'fail'],
    ['$.huge', { above: 1 }, 'fail'],
    ['$.huge', { not: 1 }, 'fail'],
    ['$.huge', { not: null }, 'fail'],
    ['$.s', { above: 1 }, 'fail'],
    ['$.s', { below: 9 }, 'fail'],
    ['$.n', { above: 4, below: 6 }, 'pass'],
    ['$.n', { above: 5 }, 'fail'],
    ['$.n', { below: 5 }, 'fail'],
    ['$.n', { matches: '5' }, 'fail'],
    ['$.s', { matches: '^5$' }, 'pass'],
    ['$.s', { matches: '^(a+)+$' }, 'fail'],
    ['$.list', { length: 2 }, 'pass'],
    ['$.list', { length: { above: 2 } }, 'fail'],
    ['$.list', { length: { above: 1, below: 3 } }, 'pass'],
    ['$.obj', { length: 1 }, 'pass'],
    ['$.empty', { length: 0 }, 'pass'],
    ['$.n', { length: 1 }, 'fail'],
    ['$.list[*]', { below: 3 }, 'pass'],
    ['$.list[*]', { below: 2 }, 'fail'],
    ['$.constructor', { exists: true }, 'fail'],
  ] as const)('%s as %j: %s', async (path, condition, verdict) => {
    await using api = await answering(BODY);
    const result = await run({
      base: api.url,
      requests: [{ name: 'a', url: '/', expect: { json: { [path]: condition } } }],
    });
    expect(result.evidence.items[1]).toMatchObject({ asked: `a: value at ${path}`, verdict });
    expect(result.verdict).toBe(verdict);
  });

  it.each([
    ['not JSON', '<html>'],
    ['empty', ''],
    ['NaN', 'NaN'],
    ['too long', `"${'x'.repeat(1_100_000)}"`],
  ])('holds nothing of a body that is %s', async (_title, body) => {
    await using api = await answering(body);
    for (const condition of [{ exists: false }, { not: 'x' }, { below: 1e9 }, null]) {
      const expectation = { json: { $: condition } };
      const result = await run({ base: api.url, requests: [{ name: 'a', url: '/', expect: expectation }] });
      expect(result.verdict).toBe('fail');
      expect(result.evidence.items[1]?.verdict).toBe('unknown');
    }
  });

  it.each([
    ['status', { status: 204 }, 'fail', '200'],
    ['status', { status: '2xx' }, 'pass', '200'],
    ['status', { status: '4xx' }, 'fail', '200'],
    ['status', { status: [404, '2xx'] }, 'pass', '200'],
    ['header x-a', { headers: { 'x-a': 'one' } }, 'pass', 'one'],
    ['header X-A', { headers: { 'X-A': { not: 'two', contains: 'n', matches: '^o' } } }, 'pass', 'one'],
    ['header x-a', { headers: { 'x-a': { not: 'one' } } }, 'fail', 'one'],
    ['header x-b', { headers: { 'x-b': { not: 'one' } } }, 'fail', 'no such header'],
    ['header x-b', { headers: { 'x-b': { exists: false } } }, 'pass', 'no such header'],
    ['header x-a', { headers: { 'x-a': { exists: false } } }, 'fail', 'one'],
    ['body', { body: { contains: 'hello' } }, 'pass', 'that text is there'],
    ['body', { body: { contains: ['hello', 'you'] } }, 'fail', 'hello world'],
    ['body', { body: { matches: 'w.rld$' } }, 'pass', 'it is found'],
    ['body', { body: { matches: '^world' } }, 'fail', 'hello world'],
    ['latency', { within: '1m' }, 'pass', expect.stringMatching(/^\d+\.\d ms$/)],
    ['redirect', { redirect: '/x', status: 200 }, 'fail', 'no URL to go to'],
  ])('%s with %j: %s', async (asked, expectation, verdict, found) => {
    await using api = await answering('hello world', { 'x-a': 'one' });
    const result = await run({ base: api.url, requests: [{ name: 'a', url: '/', expect: expectation }] });
    expect(result.verdict).toBe(verdict);
    const items = result.evidence.items.filter((item) => item.asked.startsWith(`a: ${asked}`));
    expect(items.at(-1)).toMatchObject({ found, verdict });
  });

  it('fails an answer that takes too long, by the 95th percentile', async () => {
    await using api = await startTestServer((_request, response) => void setTimeout(() => response.end(), 20));
    const result = await run({
      base: api.url,
      requests: [{ name: 'a', url: '/', times: 3, expect: { within: '1ms' } }],
    });
    expect(result.verdict).toBe('fail');
    expect(result.evidence.summary).toMatch(/^a: latency is \d+\.\d ms \(95th percentile of 3\), expected within 1ms$/);
  });

  it('gives up on a pattern that takes too long, which never passes', async () => {
    await using api = await answering(`${'a'.repeat(40)}b`);
    const result = await run({
      base: api.url,
      requests: [{ name: 'a', url: '/', expect: { body: { matches: '^(a+)+$' } } }],
    });
    expect(result.verdict).toBe('fail');
    expect(result.evidence.items[1]).toMatchObject({ found: 'the pattern took too long', verdict: 'unknown' });
  });
});

describe('http-suite check: redirects', () => {
  const start = async (location: (url: string) => string): Promise<TestServer> => {
    const server: TestServer = await startTestServer(({ path }, response) => {
      if (path === '/from') response.writeHead(302, { location: location(server.url) }).end();
      else response.end('arrived');
    });
    return server;
  };

  it.each([
    ['/to', '/to', 'pass'],
    ['/to', '/other', 'fail'],
    ['/to?a=1', '/to', 'fail'],
    ['https://elsewhere.example/to', 'https://elsewhere.example/to', 'pass'],
    ['http://[', '/to', 'fail'],
  ])('to %s where %s is expected: %s', async (location, redirect, verdict) => {
    await using server = await start(() => location);
    const result = await run({ base: server.url, requests: [{ name: 'a', url: '/from', expect: { redirect } }] });
    expect(result.verdict).toBe(verdict);
    expect(server.requests).toHaveLength(1);
  });

  it('are followed on the hosts that the suite names, and on no other', async () => {
    await using server = await start((url) => `${url.replace('127.0.0.1', 'localhost')}/to`);
    const requests = [{ name: 'a', url: '/from', expect: { body: { contains: 'arrived' } } }];
    const refused = await run({ base: server.url, requests });
    expect(refused.verdict).toBe('fail');
    expect(refused.evidence.summary).toContain('leads to localhost, which the suite does not name');
    expect(server.requests).toHaveLength(1);
    expect((await run({ base: server.url, hosts: ['localhost'], requests })).verdict).toBe('pass');
  });

  it('end somewhere', async () => {
    await using server = await start(() => '/from');
    const result = await run({ base: server.url, requests: [{ name: 'a', url: '/from' }] });
    expect(result.evidence.summary).toContain('redirects more than 5 times');
    expect(server.requests).toHaveLength(6);
  });

  it('take no secret header to another host', async () => {
    await using server = await start((url) => `${url.replace('127.0.0.1', 'localhost')}/to`);
    const headers = { authorization: 'Bearer ${password}' };
    const requests = [{ name: 'a', url: '/from', headers }];
    expect((await run({ base: server.url, hosts: ['localhost'], with: WITH, requests })).verdict).toBe('pass');
    expect(server.requests.map((request) => request.headers.authorization)).toEqual([`Bearer ${PASSWORD}`, undefined]);
  });

  it('do not go where a captured URL leads, unless that host is named', async () => {
    await using server = await answering('{"next":"http://169.254.169.254/latest"}');
    const requests = [
      { name: 'a', url: '/', capture: { next: '$.next' } },
      { name: 'b', url: '${next}' },
    ];
    const result = await run({ base: server.url, requests });
    expect(result.evidence.summary).toContain('b: request is leads to 169.254.169.254');
  });
});

describe('http-suite check: warm-up and silence', () => {
  const flaky = async (failures: number, how: 'status' | 'reset'): Promise<TestServer> => {
    let left = failures;
    return await startTestServer((_request, response) => {
      left -= 1;
      if (left >= 0 && how === 'reset') response.destroy();
      else response.writeHead(left >= 0 ? 503 : 200).end();
    });
  };

  it.each(['status', 'reset'] as const)('asks again until the time is over, with %s', async (how) => {
    await using server = await flaky(2, how);
    const requests = [{ name: 'a', url: '/', 'retry-until': '1m' }];
    expect((await run({ base: server.url, requests })).verdict).toBe('pass');
    expect(server.requests).toHaveLength(3);
  });

  it('asks once where it is not told to', async () => {
    await using server = await flaky(1, 'status');
    expect((await run({ base: server.url, requests: [{ name: 'a', url: '/' }] })).verdict).toBe('fail');
    expect(server.requests).toHaveLength(1);
  });

  it('stops asking again when it is aborted', async () => {
    await using server = await flaky(1000, 'status');
    const controller = new AbortController();
    const requests = [{ name: 'a', url: '/', 'retry-until': '1h' }];
    const rejection = rejectionOf(run({ base: server.url, requests }, { signal: controller.signal }));
    await vi.waitUntil(() => server.requests.length > 0, { timeout: 5000 });
    controller.abort();
    expect(await rejection).toBeInstanceOf(Error);
  });

  it('cannot say where one request gets no answer and the others are right', async () => {
    await using server = await answering('{}');
    const requests = [
      { name: 'gone', url: `${await refusedUrl()}/`, capture: { x: '$.x' } },
      { name: 'there', url: '/' },
      { name: 'hangs on it', url: '/${x}' },
    ];
    const error = await rejectionOf(run({ base: server.url, requests }));
    expect(error).toBeInstanceOf(RetryableError);
    expect(String(error)).toMatch(/gone: .*refused/);
    expect(server.requests).toHaveLength(1);
  });

  it('fails where another answer is wrong already', async () => {
    await using server = await answering('', {}, 500);
    const requests = [
      { name: 'gone', url: await refusedUrl() },
      { name: 'there', url: '/' },
    ];
    const result = await run({ base: server.url, requests });
    expect(result.evidence.items.map((item) => item.verdict)).toEqual(['unknown', 'fail']);
  });
});

it('http-suite check: builds on no value of an answer that is wrong, and asks what needs none', async () => {
  await using server = await answering('{"x":"1","y":null,"z":[1,2]}', {}, 500);
  const requests = [
    { name: 'wrong', url: '/', capture: { x: '$.x' } },
    { name: 'hangs on it', url: '/', headers: { 'x-a': '${x}' } },
    { name: 'no values', url: '/', expect: { status: 500 }, capture: { y: '$.y', z: '$.z[*]', n: '$.n' } },
    { name: 'hangs on that', url: '/', expect: { json: { $: '${y}' } } },
  ];
  const { evidence } = await run({ base: server.url, requests });
  expect(server.requests).toHaveLength(2);
  expect(evidence.items.map(({ found, verdict }) => [found, verdict])).toEqual([
    ['500', 'fail'],
    ['not asked: it needs "x", which was not captured', 'unknown'],
    ['500', 'pass'],
    ['null', 'fail'],
    ['2 values', 'fail'],
    ['nothing there', 'fail'],
    ['not asked: it needs "y", which was not captured', 'unknown'],
  ]);
});

describe('http-suite check: evidence', () => {
  it('keeps its bounds with thousands of expectations, failing ones first', async () => {
    await using server = await answering('{"a":1}');
    const json = Object.fromEntries(Array.from({ length: 200 }, (_, i) => [`$[?@ < ${i + 2}]`, i === 199 ? 2 : 1]));
    const requests = [{ name: 'a', url: '/', expect: { json } }];
    const { evidence } = await run({ base: server.url, requests });
    expect(evidence.items).toHaveLength(100);
    expect(evidence.items[0]).toMatchObject({ verdict: 'fail', expected: '2' });
  });

  it('leaves no part of a secret where it is cut', async () => {
    await using server = await answering(`${'x '.repeat(140)}${PASSWORD.repeat(20)}`);
    const requests = [{ name: 'a', url: '/', expect: { body: { contains: 'zzz' } } }];
    const { evidence } = await run({ base: server.url, with: WITH, requests });
    expect(evidence.items[1]?.found).toMatch(/^(x )+\[redacted\]/);
    expect(JSON.stringify(evidence)).not.toContain('correct');
  });
});

describe('http-suite check: files', () => {
  it('may be JSON, and may have a base of its own', async () => {
    await using app = await startLoginApp();
    const text = JSON.stringify({ base: app.url, requests: [{ name: 'form', url: '/login' }] });
    expect((await runFile(text, {}, 'smoke.json')).verdict).toBe('pass');
    expect(String(await rejectionOf(runFile(text, { base: await refusedUrl() }, 'smoke.json')))).toContain('refused');
  });

  it('that do not exist are an error', async () => {
    const error = await rejectionOf(run({ file: 'no-such-suite.yaml' }));
    expect(error).toBeInstanceOf(TerminalError);
    expect(String(error)).toContain('no-such-suite.yaml does not exist');
  });
});

describe('http-suite check: schema', () => {
  const base = 'https://shop.example';
  const one = { name: 'a', url: '/' };
  it.each([
    [{}, /either file or requests/],
    [{ file: 'a', requests: [one], base }, /either file or requests/],
    [{ requests: [], base }, /Too small/],
    [{ requests: Array.from({ length: 51 }, () => one), base }, /Too big/],
    [{ requests: [one] }, /a path needs a base/],
    [{ requests: [{ ...one, url: '/${nope}' }], base }, /"nope" is not known here/],
    [{ requests: [{ ...one, url: '/{{ nope }}' }], base }, /"nope" is not known here/],
    [{ requests: [{ ...one, url: '/{{ a b }}' }], base }, /begins no template/],
    [{ requests: [{ ...one, url: '/${x}', capture: { x: '$.x' } }], base }, /"x" is not known here/],
    [{ requests: [{ ...one, capture: { x: '$.x' } }], with: { x: '1' }, base }, /already given/],
    [{ requests: [{ ...one, capture: { base: '$.x' } }], base }, /already given/],
    [{ requests: [{ ...one, capture: { x: {} } }], base }, /give one of/],
    [{ requests: [{ ...one, capture: { x: '.a' } }], base }, /JSONPath/],
    [{ requests: [{ ...one, capture: { x: { json: '$.a', body: 'b' } } }], base }, /one of/],
    [{ requests: [{ ...one, expect: { json: { '$.a': { equals: '${x}' } } } }], base }, /"x" is not known/],
    [{ requests: [{ ...one, expect: { json: { a: 1 } } }], base }, /Invalid key/],
    [{ requests: [{ ...one, expect: { json: { '$.a': {} } } }], base }, /equals, not/],
    [{ requests: [{ ...one, expect: { json: { '$.a': Number.NaN } } }], base }, /equals, not/],
    [{ requests: [{ ...one, expect: { status: '6xx' } }], base }, /status/],
    [{ requests: [{ ...one, body: { text: 'x' } }], base }, /another method/],
    [{ requests: [{ ...one, method: 'POST', body: {} }], base }, /json, form and text/],
    [{ requests: [{ ...one, times: 21 }], base }, /20/],
    [{ requests: [one], base: 'ftp://x' }, /http or https/],
    [{ requests: [one], base, with: { base: 'x' } }, /give the base as base/],
    [{ requests: [one], base, hosts: ['https://x'] }, /host name/],
  ])('refuses %j', (config, message) => {
    const issues = httpSuiteCheck.schema.safeParse(config).error?.issues ?? [];
    expect(issues.map((issue) => issue.message).join('\n')).toMatch(message);
  });
});
