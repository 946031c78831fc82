import { assert, double, property } from 'fast-check';
import { RetryableError, TerminalError } from '@slipway/provider-kit';
import type { TestServer } from '@slipway/provider-kit/testing';
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
import type { PrometheusServer } from '../../../../../scripts/servers/prometheus.ts';
import { PASSWORD, PROMETHEUS, skipped, startPrometheus, USER } from '../../../../../scripts/servers/prometheus.ts';
import type { CountingApp } from '../../metric-sources/prometheus/testing/counting-app.ts';
import { startCountingApp } from '../../metric-sources/prometheus/testing/counting-app.ts';
import { budgetLeft, classOf } from './budget.ts';
import { errorBudgetCheck } from './index.ts';

const TOKEN = 'top-secret-token';
const secrets = { TOKEN, PASSWORD, WRONG: 'another-password' };

const run = async (config: object) =>
  await errorBudgetCheck.run(
    errorBudgetCheck.schema.parse({ objective: 0.99, ...config }),
    contextFor(errorBudgetCheck.needs, createTestContext({ secrets })),
  );

describe('error-budget check by a document', () => {
  let server: TestServer;
  let refused: string;
  beforeAll(async () => {
    server = await startTestServer(({ path }, response) => {
      const [, kind, text] = path.split('/');
      if (kind === 'silent') return;
      response.writeHead(kind === 'status' ? Number(text) : 200).end(decodeURIComponent(text ?? ''));
    });
    refused = await refusedUrl();
  });
  afterAll(async () => await server.close());

  const given = (body: unknown, ratio = '$.ratio') => ({
    http: { url: `${server.url}/body/${encodeURIComponent(JSON.stringify(body))}`, ratio },
  });
  const at = (url: string) => ({ http: { url, ratio: '$.ratio', headers: { authorization: { env: 'TOKEN' } } } });

  describeCheckConformance(errorBudgetCheck, async () => {
    const before = server.requests.length;
    return {
      context: { secrets },
      passing: { objective: 0.999, ...given({ ratio: 0.0001 }) },
      failing: { objective: 0.999, ...given({ ratio: 0.01 }) },
      cannotAsk: { objective: 0.999, ...at(refused) },
      endless: {
        config: { objective: 0.999, ...at(`${server.url}/silent`) },
        begun: async () => void (await vi.waitUntil(() => server.requests.length > before)),
      },
      [Symbol.asyncDispose]: async () => undefined,
    };
  });

  it.each([
    [0, 'risky', {}, 'pass', '100 % left (a share of 0 bad): normal'],
    [0.0049, 'risky', {}, 'pass', '51 % left (a share of 0.0049 bad): normal'],
    [0.005, 'feature', {}, 'pass', '50 % left (a share of 0.005 bad): reinforced review'],
    [0.005, 'risky', {}, 'fail', '50 % left (a share of 0.005 bad): reinforced review'],
    [0.008, 'feature', {}, 'pass', '20 % left (a share of 0.008 bad): reinforced review'],
    [0.0081, 'feature', {}, 'fail', '19 % left (a share of 0.0081 bad): fixes only'],
    [0.0081, 'fix', {}, 'pass', '19 % left (a share of 0.0081 bad): fixes only'],
    [0.01, 'fix', {}, 'fail', '0 % left (a share of 0.01 bad): freeze'],
    [0.02, 'emergency', {}, 'fail', '-100 % left (a share of 0.02 bad): freeze'],
    [0.02, 'emergency', { freeze: ['emergency'] }, 'pass', '-100 % left (a share of 0.02 bad): freeze'],
    [0.005, 'feature', { review: ['fix'] }, 'fail', '50 % left (a share of 0.005 bad): reinforced review'],
    [0.005, 'feature', { 'normal-above': 0.4 }, 'pass', '50 % left (a share of 0.005 bad): normal'],
    [0.005, 'feature', { 'fixes-below': 0.5, 'normal-above': 0.6 }, 'pass', /reinforced review/],
    [0.005, 'feature', { 'fixes-below': 0.51, 'normal-above': 0.6 }, 'fail', /fixes only/],
  ])('with %d bad, a %s under %j: %s', async (ratio, change, policy, verdict, found) => {
    const result = await run({ ...given({ ratio }), change, policy });
    expect(result.verdict).toBe(verdict);
    expect(result.evidence.items).toEqual([
      expect.objectContaining({ asked: 'error budget of 99 % over 30d', verdict }),
    ]);
    expect(result.evidence.items[0]?.found).toMatch(found);
  });

  it.each([
    [{}, /no number from 0 to 1 at \$\.ratio/],
    [{ ratio: null }, /no number/],
    [{ ratio: '0' }, /no number/],
    [{ ratio: -0.1 }, /no number/],
    [{ ratio: 1.1 }, /no number/],
    ['<html>', /no number/],
  ])('never passes %j', async (body, found) => {
    const { verdict, evidence } = await run({ ...given(body), change: 'fix' });
    expect(verdict).toBe('fail');
    expect(evidence.items).toEqual([
      expect.objectContaining({ found: expect.stringMatching(found), verdict: 'unknown' }),
    ]);
  });

  it('never passes two values, and a page', async () => {
    expect((await run(given([0, 0], '$[*]'))).evidence.items[0]?.found).toMatch(/2 values/);
    expect((await run(at(`${server.url}/body/<html>`))).evidence.items[0]?.found).toMatch(/not JSON/);
  });

  it.each([
    ['401', TerminalError, /answered 401: only 200 is believed/],
    ['503', RetryableError, /answered 503/],
    ['429', RetryableError, /answered 429/],
  ])('throws for %s', async (status, kind, says) => {
    const error = await rejectionOf(run(at(`${server.url}/status/${status}`)));
    expect(error).toBeInstanceOf(kind);
    expect(String(error)).toMatch(says);
    expectNoSecrets(error, { TOKEN });
  });
});

describe.skipIf(PROMETHEUS === null)(`with a real Prometheus${skipped}`, () => {
  let app: CountingApp;
  let prometheus: PrometheusServer;

  beforeAll(async () => {
    app = await startCountingApp('2.5.0');
    app.count(200, 1);
    app.count(500, 1);
    prometheus = await startPrometheus({ targets: [app.target] });
    const counted = async (promql: string, value: number) =>
      await vi.waitUntil(async () => (await prometheus.value(promql)) === value, { timeout: 20_000, interval: 50 });
    await counted('sum(http_requests_total)', 2);
    app.count(200, 9960);
    app.count(500, 40);
    await counted('sum(http_requests_total)', 10_002);
    // Another sample after the jump: an increase is taken from the ends of what there is.
    await counted('sum(count_over_time(http_requests_total[1m])) > bool 8', 1);
  }, 60_000);
  afterAll(async () => {
    await prometheus[Symbol.asyncDispose]();
    await app[Symbol.asyncDispose]();
  });

  const asked = (bad: string, total = 'http_requests_total') => ({
    window: '5m',
    prometheus: { url: prometheus.url, auth: { user: USER, password: { env: 'PASSWORD' } }, bad, total },
  });
  const BAD = 'http_requests_total{status=~"5.."}';

  it.each([
    ['a selector', BAD],
    ['an expression', `${BAD} or 0 * http_requests_total`],
  ])('works the budget out of counters: %s', async (_, bad) => {
    const { verdict, evidence } = await run({ ...asked(bad), objective: 0.99 });
    const [, left] = /^([\d.]+) % left \(\d+ bad of \d+\): normal$/.exec(evidence.items[0]?.found ?? '') ?? [];
    expect(verdict).toBe('pass');
    // 40 of 10,000 are 0.4 of the budget of 1 %.
    expect(Number(left)).toBeGreaterThan(57);
    expect(Number(left)).toBeLessThan(63);
    expect((await run({ ...asked(bad), objective: 0.999 })).verdict).toBe('fail');
  });

  it.each([
    ['total', BAD, 'no_such_total', /^unknown: total gives no series/],
    ['bad', 'no_such_total', undefined, /^unknown: bad gives no series, as a wrong query would/],
  ])('never passes without %s', async (_, bad, total, found) => {
    const { verdict, evidence } = await run(asked(bad, total));
    expect(verdict).toBe('fail');
    expect(evidence.items).toEqual([
      expect.objectContaining({ found: expect.stringMatching(found), verdict: 'unknown' }),
    ]);
  });

  it('throws for a wrong query and a wrong password', async () => {
    expect(String(await rejectionOf(run(asked('sum(('))))).toMatch(/Prometheus refuses bad/);
    const { prometheus: place } = asked(BAD);
    const wrong = { ...place, auth: { user: USER, password: { env: 'WRONG' } } };
    expect(await rejectionOf(run({ prometheus: wrong }))).toBeInstanceOf(TerminalError);
  });
});

describe('error budget', () => {
  it('falls as more is bad, from all of it to less than nothing', () => {
    const share = double({ min: 0, max: 1, noNaN: true });
    assert(
      property(share, share, double({ min: 0.001, max: 0.9999, noNaN: true }), (a, b, objective) => {
        expect(budgetLeft(0, objective)).toBe(1);
        expect(budgetLeft(1 - objective, objective)).toBeCloseTo(0);
        expect(budgetLeft(Math.min(a, b), objective)).toBeGreaterThanOrEqual(budgetLeft(Math.max(a, b), objective));
      }),
    );
  });

  it('takes no number for a freeze', () => {
    expect(classOf(Number.NaN, { 'normal-above': 0.5, 'fixes-below': 0.2 })).toBe('freeze');
  });

  const HTTP = { url: 'http://a.example/', ratio: '$.a' };
  it.each([
    { objective: 0.99 },
    { objective: 1, http: HTTP },
    { objective: 99.9, http: HTTP },
    { objective: 0.99, http: HTTP, change: 'whatever' },
    { objective: 0.99, http: HTTP, policy: { 'fixes-below': 0.6 } },
    { objective: 0.99, http: HTTP, prometheus: { url: 'http://a.example', bad: 'a', total: 'b' } },
    { objective: 0.99, prometheus: { url: 'http://a.example', bad: 'a' } },
  ])('refuses %j', (config) => {
    expect(errorBudgetCheck.schema.safeParse(config).success).toBe(false);
  });
});
