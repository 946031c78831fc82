import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CLIENT_KEY, DEFINITION, type FlagWorld, flagWorld, SERVER_KEY, SET } from './testing/flag-world.ts';
import {
  bulkEvaluationFailure,
  bulkEvaluationSuccess,
  evaluationFailure,
  evaluationSuccess,
} from './testing/openapi.ts';

const SINGLE = '/ofrep/v1/evaluate/flags/';
const BULK = '/ofrep/v1/evaluate/flags';
/** A page's; a server sends none. */
const ORIGIN = { origin: 'https://shop.example' };
const ADA = { context: { targetingKey: 'ada' } };

interface Asked {
  readonly url?: string;
  readonly body?: unknown;
  /** As it goes over the wire, instead of `body`. */
  readonly raw?: string | Buffer;
  readonly headers?: Readonly<Record<string, string>>;
  readonly method?: string;
}

interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

let world: FlagWorld;
let base = '';
beforeEach(async () => {
  world = await flagWorld();
  base = await world.listen();
});
afterEach(async () => {
  await world[Symbol.asyncDispose]();
});

async function overSocket({ url = BULK, body = ADA, raw, headers = {}, method = 'POST' }: Asked): Promise<Answered> {
  const sent = method === 'POST' ? { body: raw ?? JSON.stringify(body) } : {};
  const response = await fetch(`${base}${url}`, {
    method,
    headers: { ...ORIGIN, 'x-api-key': CLIENT_KEY, 'content-type': 'application/json', ...headers },
    ...(sent as { body?: string }),
  });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

async function injected({ url = BULK, body = ADA, raw, headers = {}, method = 'POST' }: Asked): Promise<Answered> {
  const response = await world.app.inject({
    url,
    method: method as 'POST',
    headers: { ...ORIGIN, host: 'localhost', 'x-api-key': CLIENT_KEY, 'content-type': 'application/json', ...headers },
    ...(method === 'POST' ? { payload: raw ?? JSON.stringify(body) } : {}),
  });
  const named = Object.entries(response.headers).map(([name, value]): [string, string] => [name, String(value)]);
  return { status: response.statusCode, headers: new Headers(named), text: response.body };
}

const deep = (levels: number): unknown => (levels === 0 ? 1 : { in: deep(levels - 1) });

describe.each([
  ['over a socket', overSocket],
  ['past the listener', injected],
])('OFREP %s', (_name, ask) => {
  it.each([
    ['banner', { key: 'banner', value: true, reason: 'STATIC', variant: 'on' }],
    ['theme', { key: 'theme', value: 'blue', reason: 'DEFAULT', variant: 'blue' }],
    ['limits', { key: 'limits', value: { most: 3 }, reason: 'STATIC', variant: 'few' }],
    ['ratio', { key: 'ratio', value: 0.5, reason: 'STATIC', variant: 'half' }],
    ['retired', { key: 'retired', reason: 'DISABLED' }],
    ['unset', { key: 'unset', reason: 'DEFAULT' }],
  ])('evaluates %s', async (flag, expected) => {
    const { status, text, headers } = await ask({ url: `${SINGLE}${flag}` });
    const { metadata, ...answer } = evaluationSuccess.parse(JSON.parse(text));
    expect([status, answer]).toEqual([200, expected]);
    expect(metadata).toMatchObject({ team: 'shop', flagSetId: SET });
    expect(headers.get('content-type')).toContain('application/json');
  });

  it.each<[string, Asked, number, string]>([
    ['a flag that is not there', { url: `${SINGLE}none` }, 404, 'FLAG_NOT_FOUND'],
    ['a name that is everybody’s', { url: `${SINGLE}__proto__` }, 404, 'FLAG_NOT_FOUND'],
    ['a flag with a long name', { url: `${SINGLE}${'n'.repeat(300)}` }, 404, 'FLAG_NOT_FOUND'],
    ['a flag whose rule is broken', { url: `${SINGLE}broken` }, 400, 'GENERAL'],
    ['a name that is no UTF-8', { url: `${SINGLE}%ff` }, 400, 'PARSE_ERROR'],
    ['no JSON', { url: `${SINGLE}banner`, raw: '{' }, 400, 'PARSE_ERROR'],
    ['nothing', { url: `${SINGLE}banner`, raw: '' }, 400, 'PARSE_ERROR'],
    [
      'no UTF-8',
      { url: `${SINGLE}banner`, raw: Buffer.from('{"context":{"a":"\xff"}}', 'latin1') },
      400,
      'PARSE_ERROR',
    ],
    ['no object', { url: `${SINGLE}banner`, raw: '[]' }, 400, 'INVALID_CONTEXT'],
    ['no context', { url: `${SINGLE}banner`, body: {} }, 400, 'INVALID_CONTEXT'],
    ['a list for a context', { url: `${SINGLE}banner`, body: { context: [] } }, 400, 'INVALID_CONTEXT'],
    [
      'a number for a targeting key',
      { url: `${SINGLE}banner`, body: { context: { targetingKey: 1 } } },
      400,
      'INVALID_CONTEXT',
    ],
    ['a deep context', { url: `${SINGLE}banner`, body: { context: { a: deep(16) } } }, 400, 'INVALID_CONTEXT'],
    ['too much', { url: `${SINGLE}banner`, body: { context: { a: 'a'.repeat(256 * 1024) } } }, 413, 'INVALID_CONTEXT'],
    ['no key', { url: `${SINGLE}banner`, headers: { 'x-api-key': '' } }, 401, 'GENERAL'],
    [
      'a wrong key',
      { url: `${SINGLE}banner`, headers: { 'x-api-key': `slipway_flags_${'x'.repeat(43)}` } },
      401,
      'GENERAL',
    ],
    [
      "a person's token",
      { url: `${SINGLE}banner`, headers: { 'x-api-key': `slipway_${'a'.repeat(43)}` } },
      403,
      'GENERAL',
    ],
  ])('refuses %s, about one flag and about all', async (_what, asked, expected, code) => {
    // Of an address that cannot be read the framework says so itself.
    if (ask === injected && asked.url?.endsWith('%ff') === true) return;
    const one = await ask(asked);
    const failure = evaluationFailure.parse(JSON.parse(one.text));
    expect([one.status, failure.errorCode]).toEqual([expected, code]);
    expect(failure.errorDetails).not.toBe('');
    expect(one.headers.get('access-control-allow-origin')).toBe('*');
    if (asked.url !== `${SINGLE}banner`) return;
    const all = await ask({ ...asked, url: BULK });
    expect([all.status, bulkEvaluationFailure.parse(JSON.parse(all.text)).errorCode]).toEqual([expected, code]);
  });

  it('takes a context without a targeting key, and one that is nested as deep as may be', async () => {
    expect((await ask({ url: `${SINGLE}banner`, body: { context: {} } })).status).toBe(200);
    expect((await ask({ url: `${SINGLE}banner`, body: { context: { a: deep(15) } } })).status).toBe(200);
  });

  it.each([
    ['a prototype', '{"context":{"__proto__":{"plan":"pro"},"targetingKey":"ada"}}'],
    ['a constructor', '{"context":{"constructor":{"prototype":{"plan":"pro"}},"targetingKey":"ada"}}'],
    ['another after the request', '{"context":{"targetingKey":"ada"},"__proto__":{"context":{"plan":"pro"}}}'],
  ])('takes %s in a context for an attribute like any other', async (_what, raw) => {
    const { status, text } = await ask({ url: `${SINGLE}theme`, raw });
    expect([status, JSON.parse(text)]).toMatchObject([200, { variant: 'blue' }]);
    expect(({} as Record<string, unknown>)['plan']).toBeUndefined();
  });

  it('evaluates all flags, each as it would be alone', async () => {
    const { status, text, headers } = await ask({ body: { context: { targetingKey: 'ada', plan: 'pro' } } });
    const { flags, metadata, eventStreams } = bulkEvaluationSuccess.parse(JSON.parse(text));
    expect([status, flags.map(({ key }) => key)]).toEqual([200, Object.keys(DEFINITION.flags)]);
    expect(flags[1]).toEqual({
      key: 'theme',
      value: 'red',
      reason: 'TARGETING_MATCH',
      variant: 'red',
      metadata: { team: 'shop' },
    });
    expect(flags.at(-1)).toMatchObject({ key: 'broken', errorCode: 'GENERAL' });
    expect(metadata).toEqual({ team: 'shop', flagSetId: SET });
    expect(eventStreams?.[0]?.endpoint?.requestUri).toMatch(/^\/ofrep\/v1\/stream\?token=/);
    expect(headers.get('etag')).toMatch(/^"[0-9a-f]{16}\.[0-9a-z]+\.[0-9a-f]{8}"$/);
    expect(headers.get('access-control-expose-headers')).toBe('ETag, Retry-After');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
  });

  it.each<[string, (etag: string) => string, number]>([
    ['the tag', (etag) => etag, 304],
    ['the tag in a list', (etag) => `"other", ${etag}`, 304],
    ['the tag as a weak one', (etag) => `W/${etag}`, 304],
    ['*', () => '*', 304],
    ['another tag', () => '"0000000000000000.1.00000000"', 200],
    ['no tag at all', () => 'nonsense', 200],
    ['the same evaluation with a token of long ago', (etag) => etag.replace(/\.[^.]*/, '.1'), 200],
  ])('answers If-None-Match with %s', async (_what, header, expected) => {
    const first = await ask({});
    const etag = first.headers.get('etag') ?? '';
    const again = await ask({ headers: { 'if-none-match': header(etag) } });
    expect(again.status).toBe(expected);
    expect(again.headers.get('etag')).toBe(header(etag).startsWith('W/') ? `W/${etag}` : etag);
    expect([again.text === '', again.headers.get('content-type') === null]).toEqual([
      expected === 304,
      expected === 304,
    ]);
  });

  it('has a tag that depends on all of the context, the definition and the age of both, and on nothing else', async () => {
    const tag = async (context: object): Promise<string | null> =>
      (await ask({ body: { context } })).headers.get('etag');
    const first = await tag({ targetingKey: 'ada', plan: 'free' });
    expect(await tag({ plan: 'free', targetingKey: 'bob' })).toBe(first);
    const pro = await tag({ targetingKey: 'ada', plan: 'pro' });
    expect(pro).not.toBe(first);
    world.flags.stale = 1;
    expect(await tag({ targetingKey: 'ada', plan: 'free' })).not.toBe(first);
    world.flags.stale = null;
    world.flags.serve(SET, {
      flags: {
        ...DEFINITION.flags,
        banner: { state: 'ENABLED', variants: { on: true, off: false }, defaultVariant: 'off' },
      },
      metadata: { team: 'shop' },
    });
    expect(await tag({ targetingKey: 'ada', plan: 'free' })).not.toBe(first);
    world.flags.serve(SET, DEFINITION);
    expect(await tag({ targetingKey: 'ada', plan: 'free' })).toBe(first);
  });

  it('says that what it serves may be old', async () => {
    await ask({ url: `${SINGLE}banner` });
    world.flags.stale = 1;
    expect(JSON.parse((await ask({})).text)).toMatchObject({ metadata: { stale: true } });
    expect(JSON.parse((await ask({ url: `${SINGLE}banner` })).text)).toMatchObject({
      metadata: { stale: true, owner: 'ada' },
    });
    world.flags.stale = null;
    expect((await ask({ url: `${SINGLE}banner` })).text).not.toContain('stale');
  });

  it('answers a preflight without a key', async () => {
    const asked = { origin: 'https://shop.example', 'access-control-request-method': 'POST' };
    const { status, headers, text } = await ask({ method: 'OPTIONS', headers: { 'x-api-key': '', ...asked } });
    expect([status, text]).toEqual([204, '']);
    expect(headers.get('access-control-allow-origin')).toBe('*');
    expect(headers.get('access-control-allow-headers')).toBe('Authorization, X-API-Key, Content-Type, If-None-Match');
    expect(headers.get('access-control-allow-credentials')).toBeNull();
    expect(Number(headers.get('access-control-max-age'))).toBeGreaterThan(600);
  });

  it('counts who met which variant, once for each answer that says it', async () => {
    await ask({ url: `${SINGLE}banner` });
    await ask({ url: `${SINGLE}retired` });
    await ask({ url: `${SINGLE}none` });
    expect(world.counter.exposures.splice(0)).toEqual([`${SET} banner on`]);
    const { headers } = await ask({});
    const all = ['banner on', 'theme blue', 'limits few', 'ratio half'].map((each) => `${SET} ${each}`);
    expect(world.counter.exposures.splice(0)).toEqual(all);
    await ask({ headers: { 'if-none-match': headers.get('etag') ?? '' } });
    // The same evaluation, sent again for the address of the stream in it.
    await ask({ headers: { 'if-none-match': (headers.get('etag') ?? '').replace(/\.[^.]*/, '.1') } });
    expect(world.counter.exposures).toEqual([]);
  });

  it('takes the key as a bearer, too, of either kind', async () => {
    for (const key of [CLIENT_KEY, SERVER_KEY]) {
      const headers = { 'x-api-key': '', authorization: `Bearer ${key}` };
      expect((await ask({ headers })).status).toBe(200);
    }
  });

  it('has an empty answer for a set without flags', async () => {
    const text = `slipway_flags_${'e'.repeat(43)}`;
    world.keys.give(text, 'shop.staging');
    await world.serving.keys.refresh();
    const headers = { 'x-api-key': text };
    expect(JSON.parse((await ask({ headers })).text)).toMatchObject({
      flags: [],
      metadata: { flagSetId: 'shop.staging' },
    });
    expect((await ask({ headers, url: `${SINGLE}banner` })).status).toBe(404);
  });

  it('puts the path of a proxy before the address of the stream, if it is one', async () => {
    const uri = async (prefix: string): Promise<string> =>
      bulkEvaluationSuccess.parse(JSON.parse((await ask({ headers: { 'x-forwarded-prefix': prefix } })).text))
        .eventStreams?.[0]?.endpoint?.requestUri ?? '';
    expect(await uri('/slipway/flags')).toMatch(/^\/slipway\/flags\/ofrep\/v1\/stream/);
    expect(await uri('//evil.example')).toMatch(/^\/ofrep\/v1\/stream/);
    expect(await uri('/a b')).toMatch(/^\/ofrep\/v1\/stream/);
  });

  it('answers this machine alone where it listens there', async () => {
    if (ask === overSocket) return;
    const { status } = await ask({ headers: { host: 'evil.example' } });
    expect(status).toBe(421);
  });
});

describe('OFREP', () => {
  it.each([['requestsPerKey'], ['requestsPerAddress']])('has a bound for %s', async (limit) => {
    await using small = await flagWorld({ [limit]: 0.2 });
    const headers = { host: 'localhost', 'x-api-key': CLIENT_KEY };
    const ask = () => small.app.inject({ url: BULK, method: 'POST', headers, payload: JSON.stringify(ADA) });
    const statuses = [(await ask()).statusCode, (await ask()).statusCode];
    const last = await ask();
    // A window of ten seconds may begin in between.
    if (last.statusCode === 200) return;
    expect([...statuses, last.statusCode]).toEqual([200, 200, 429]);
    expect(Number(last.headers['retry-after'])).toBeGreaterThan(0);
    expect(bulkEvaluationFailure.parse(last.json()).errorDetails).toContain('try again later');
  });

  it('ends the connection where a server stops', async () => {
    world.stop();
    const { status, headers } = await overSocket({});
    expect([status, headers.get('connection')]).toEqual([200, 'close']);
  });

  it('leaves every other route to the API', async () => {
    for (const url of ['/ofrep/v1/none', '/ofrep/v2/evaluate/flags', '/ofrepx'])
      expect((await world.app.inject({ url, method: 'POST', headers: { host: 'localhost' } })).statusCode).toBe(401);
    const response = await fetch(`${base}/healthz`);
    expect([response.status, response.headers.get('access-control-allow-origin')]).toEqual([200, null]);
  });

  it('is in the API’s description', async () => {
    const response = await world.app.inject({ url: '/api/v1/openapi.json', headers: { host: 'localhost' } });
    const paths = Object.keys((response.json() as { paths: object }).paths).filter((path) => path.startsWith('/ofrep'));
    expect(paths).toEqual([`${SINGLE}{key}`, BULK, '/ofrep/v1/stream', '/ofrep/v1/outcomes']);
  });
});

describe('a change that another server told of', () => {
  const KILLED = {
    flags: { banner: { state: 'ENABLED', variants: { on: true, off: false }, defaultVariant: 'off' } },
  } as const;
  const variantIn = (text: string): unknown =>
    (JSON.parse(text) as { flags: { key: string; variant?: string }[] }).flags.find(({ key }) => key === 'banner')
      ?.variant;

  it('is in the answer to who was told of it, though this server hears of it later', async () => {
    const asking = overSocket({ url: `${BULK}?flagConfigEtag=2-0123456789abcdef` });
    const asked = await overSocket({ url: `${BULK}?flagConfigEtag=1-0123456789abcdef` });
    expect(variantIn(asked.text)).toBe('on');
    world.flags.serve(SET, KILLED);
    expect(variantIn((await asking).text)).toBe('off');
  });

  it('is named by the number of the event, so that servers can tell which is ahead', async () => {
    const { text } = await overSocket({});
    const uri = bulkEvaluationSuccess.parse(JSON.parse(text)).eventStreams?.[0]?.endpoint?.requestUri ?? '';
    const leaving = new AbortController();
    const stream = await fetch(`${base}${uri}`, { signal: leaving.signal });
    const reader = stream.body?.getReader();
    await reader?.read();
    world.flags.serve(SET, KILLED);
    const { value } = (await reader?.read()) ?? {};
    leaving.abort();
    const told = /"etag":"([^"]*)"/.exec(new TextDecoder().decode(value))?.[1] ?? '';
    expect(told).toMatch(/^2-[0-9a-f]{16}$/);
    await overSocket({ url: `${BULK}?flagConfigEtag=${told}` });
    expect(world.serving.delivery(SET)).toMatchObject({ version: 2, told: 1, fetched: 1 });
  });

  it('is no reason to wait for ever', async () => {
    const began = performance.now();
    expect((await overSocket({ url: `${BULK}?flagConfigEtag=99-0123456789abcdef` })).status).toBe(200);
    expect(performance.now() - began).toBeLessThan(4_000);
    for (const odd of ['-1-x', '9'.repeat(400), '2', '__proto__', '%ff', 'NaN-1'])
      expect((await overSocket({ url: `${BULK}?flagConfigEtag=${odd}` })).status).toBe(200);
  });
});

describe('the tag of an answer', () => {
  it('is another for another key: the address of the stream in the answer is that of the key', async () => {
    const first = await overSocket({});
    const etag = first.headers.get('etag') ?? '';
    const other = await overSocket({ headers: { 'x-api-key': SERVER_KEY, 'if-none-match': etag } });
    expect(other.status).toBe(200);
    const again = await overSocket({ headers: { 'if-none-match': etag } });
    expect(again.status).toBe(304);
  });
});
