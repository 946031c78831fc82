import { array, assert, constantFrom, property, record, integer } from 'fast-check';
import { RetryableError, TerminalError } from '@slipway/provider-kit';
import {
  contextFor,
  createTestContext,
  describeCheckConformance,
  expectNoSecrets,
  refusedUrl,
  rejectionOf,
  startTestServer,
} from '@slipway/provider-kit/testing';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { TestServer } from '@slipway/provider-kit/testing';
import { agree } from './agree.ts';
import { driftOf } from './drift.ts';
import { parityCheck } from './index.ts';

const INFO = { postgres: '15.4', nodes: 3, tls: true, empty: '', none: null, list: ['a', 'b'], odd: { a: 1 } };
const TOKEN = 'top-secret-token';

let server: TestServer;
let refused: string;

beforeAll(async () => {
  server = await startTestServer(({ path, headers }, response) => {
    if (path === '/silent') return;
    const isAllowed = path !== '/private' || headers.authorization === TOKEN;
    if (path.startsWith('/5')) response.writeHead(Number(path.slice(1))).end();
    else if (path === '/page') response.end('<html>');
    else if (path === '/huge') response.end('{"infinite":1e999,"long":9007199254740993}');
    else response.writeHead(isAllowed ? 200 : 401).end(JSON.stringify(INFO));
  });
  refused = await refusedUrl();
});
afterAll(async () => await server.close());

const http = (json: string, path = '/info') => ({ http: { url: `${server.url}${path}`, json } });
const prints = (text: string) => ({ command: { argv: ['printf', '%s', text] } });

describeCheckConformance(parityCheck, async () => {
  const before = server.requests.length;
  const private_ = { http: { ...http('$.postgres', '/private').http, headers: { authorization: { env: 'TOKEN' } } } };
  return {
    context: { secrets: { TOKEN } },
    passing: { components: [{ name: 'PostgreSQL', staging: private_, production: prints('15.4\n') }] },
    failing: { components: [{ name: 'PostgreSQL', staging: private_, production: '16.0' }] },
    cannotAsk: { components: [{ name: 'PostgreSQL', staging: { http: { url: refused, json: '$' } }, production: 1 }] },
    endless: {
      config: { components: [{ name: 'PostgreSQL', staging: http('$.x', '/silent'), production: 1 }] },
      begun: async () => void (await vi.waitUntil(() => server.requests.length > before)),
    },
    [Symbol.asyncDispose]: async () => undefined,
  };
});

const run = async (components: readonly object[], rest: object = {}) =>
  await parityCheck.run(
    parityCheck.schema.parse({ components, ...rest }),
    contextFor(parityCheck.needs, createTestContext({ secrets: { TOKEN } })),
  );

describe('parity check', () => {
  it.each([
    ['equal', '15.4', '15.4', 'pass'],
    ['equal', '15.4', '15.5', 'fail'],
    ['equal', 3, '3', 'pass'],
    ['equal', true, 'true', 'pass'],
    ['equal', '7.0', '7', 'fail'],
    ['same-major', '7.0', '7.2', 'pass'],
    ['same-major', 'v7.0.1', '7', 'pass'],
    ['same-major', '7.0', '8.0', 'fail'],
    ['same-major', '7.0', 'seven', 'unknown'],
    ['same-major', 'latest', 'latest', 'unknown'],
    ['at-least', 3, 3, 'pass'],
    ['at-least', 1000, 150_000, 'pass'],
    ['at-least', 3, 1, 'fail'],
    ['at-least', '7.10', '7.9', 'fail'],
    ['at-least', '7.9', '7.10', 'pass'],
    ['at-least', '7', '7.0.0', 'pass'],
    ['at-least', '2.0.0', '2.0.0-rc.1', 'unknown'],
    ['at-least', '1.9.9', '2.0.0-rc.1', 'pass'],
    ['at-least', '8 GB', '16 GB', 'unknown'],
    ['at-least', 'x', 'x', 'unknown'],
  ] as const)('%s of %j in staging and %j in production: %s', (must, staging, production, verdict) => {
    expect(agree(must, { known: staging }, { known: production })).toBe(verdict);
  });

  it.each(['equal', 'same-major', 'at-least'] as const)('takes nothing unknown for %s', (must) => {
    const unknown = { unknown: 'nothing' };
    expect(agree(must, unknown, unknown)).toBe('unknown');
    expect(agree(must, { known: 'nothing' }, unknown)).toBe('unknown');
    expect(agree(must, unknown, { known: 'nothing' })).toBe('unknown');
  });

  it('scores the drift by weight, between none and all of it', () => {
    const weighed = record({
      verdict: constantFrom('pass', 'fail', 'unknown'),
      weight: integer({ min: 1, max: 1000 }),
    });
    assert(
      property(array(weighed, { minLength: 1 }), (all) => {
        const drift = driftOf(all);
        expect(drift).toBeGreaterThanOrEqual(0);
        expect(drift).toBeLessThanOrEqual(1);
        expect(drift === 0).toBe(all.every(({ verdict }) => verdict === 'pass'));
        expect(drift === 1).toBe(all.every(({ verdict }) => verdict !== 'pass'));
        expect(driftOf(all.toReversed())).toBeCloseTo(drift);
      }),
    );
    expect(
      driftOf([
        { verdict: 'fail', weight: 1 },
        { verdict: 'pass', weight: 3 },
      ]),
    ).toBe(0.25);
  });

  const REDIS = { name: 'Redis', staging: '7.0', production: '7.2' };
  const NODE = { name: 'Node.js', staging: '20.10', production: '20.10', weight: 3 };

  it.each([
    [0, 'fail', 'fail'],
    [0.24, 'fail', 'fail'],
    [0.25, 'pass', 'pass'],
  ])('allows a drift of %d: %s', async (maxDrift, verdict, item) => {
    const result = await run([REDIS, NODE], { 'max-drift': maxDrift });
    expect(result.verdict).toBe(verdict);
    expect(result.evidence.summary).toBe(
      `Staging and production differ in Redis: drift 25 %, at most ${maxDrift * 100} % allowed`,
    );
    expect(result.evidence.items[1]).toMatchObject({
      asked: 'Redis',
      found: 'staging 7.0, production 7.2',
      verdict: item,
    });
  });

  it('never passes with something unknown, however little it weighs', async () => {
    const unknown = { name: 'x', staging: http('$.gone'), production: 1, weight: 0.001 };
    const { verdict, evidence } = await run([NODE, unknown], { 'max-drift': 0.9 });
    expect(verdict).toBe('fail');
    expect(evidence.items.map((item) => item.verdict)).toEqual(['unknown', 'pass', 'unknown']);
  });

  it.each([
    ['$.postgres', '15.4', 'staging 15.4, production 15.4'],
    ['$.nodes', prints('3'), 'staging 3, production 3'],
    ['$.tls', true, 'staging true, production true'],
    ['$.empty', '', 'staging unknown (nothing), production unknown (nothing)'],
    ['$.none', 'null', 'staging unknown (no text, number or truth value at $.none), production null'],
    ['$.list[*]', 'a', 'staging unknown (2 values at $.list[*]), production a'],
    ['$.odd', 'x', 'staging unknown (no text, number or truth value at $.odd), production x'],
    ['$.postgres', prints(''), 'staging 15.4, production unknown (nothing)'],
    ['$.postgres', prints('15.4\n15.4'), 'staging 15.4, production unknown (more than one line)'],
  ])('reads %s, and %j', async (path, production, found) => {
    const { verdict, evidence } = await run([{ name: 'x', staging: http(path), production }]);
    expect(evidence.items[1]?.found).toBe(found);
    expect(verdict).toBe(found.includes('unknown') ? 'fail' : 'pass');
  });

  it.each(['infinite', 'long'])(
    'does not compare a number that is %s, as another may be the same here',
    async (name) => {
      const staging = http(`$.${name}`, '/huge');
      const { verdict, evidence } = await run([{ name: 'x', staging, production: http(`$['${name}']`, '/huge') }]);
      expect([verdict, evidence.items[1]?.verdict]).toEqual(['fail', 'unknown']);
    },
  );

  it('takes two empty values for unknown', async () => {
    expect((await run([{ name: 'x', staging: '', production: '' }])).verdict).toBe('fail');
  });

  it('refuses to ask one place for both', () => {
    const same = { components: [{ name: 'x', staging: http('$.nodes'), production: http('$.nodes') }] };
    expect(parityCheck.schema.safeParse(same).error?.message).toContain('ask the same');
    expect(parityCheck.schema.safeParse({ components: [{ ...REDIS, production: '7.0' }] }).success).toBe(true);
  });

  it('takes a page for unknown', async () => {
    const { evidence } = await run([{ name: 'x', staging: http('$', '/page'), production: '<html>' }]);
    expect(evidence.items[1]).toMatchObject({ found: expect.stringContaining('not JSON'), verdict: 'unknown' });
  });

  it.each([
    ['a server with an error', () => http('$', '/503'), RetryableError, /x in staging: .*answered 503/],
    ['a refusal', () => http('$', '/private'), TerminalError, /answered 401: only 200 is believed/],
    ['nobody there', () => ({ http: { url: refused, json: '$' } }), RetryableError, /x in staging/],
    ['a program that fails', () => ({ command: { argv: ['false'] } }), RetryableError, /false exited with 1/],
    ['a program that is missing', () => ({ command: { argv: ['no-such-program'] } }), TerminalError, /x in staging/],
  ])('throws for %s', async (_, staging, kind, says) => {
    const error = await rejectionOf(run([{ name: 'x', staging: staging(), production: 1 }]));
    expect(error).toBeInstanceOf(kind);
    expect(String(error)).toMatch(says);
    expectNoSecrets(error, { TOKEN });
  });

  it.each([
    { components: [] },
    { components: [{ name: 'x', staging: 1 }] },
    { components: [{ name: 'x', staging: 1, production: null }] },
    { components: [REDIS, REDIS] },
    { components: [{ ...REDIS, weight: 0 }] },
    { components: [{ ...REDIS, must: 'newer' }] },
    { components: [REDIS], 'max-drift': 1 },
    { components: [{ ...REDIS, staging: { http: { url: 'http://a.example/', json: 'no path' } } }] },
  ])('refuses %j', (config) => {
    expect(parityCheck.schema.safeParse(config).success).toBe(false);
  });
});
