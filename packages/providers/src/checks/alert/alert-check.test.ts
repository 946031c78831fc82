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
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { PASSWORD, PROMETHEUS, skipped, startPrometheus, USER } from '../../../../../scripts/servers/prometheus.ts';
import { alertCheck } from './index.ts';

const TOKEN = 'top-secret-token';
const secrets = { TOKEN, PASSWORD };
const AUTH = { token: { env: 'TOKEN' } };

interface Posted {
  readonly labels: Readonly<Record<string, string>>;
  readonly endsAt: string;
}

const rule = (name: string, rest: object = {}) => ({
  name,
  type: 'alerting',
  health: 'ok',
  state: 'inactive',
  ...rest,
});
const HEALTHY = [rule('HighErrorRate'), rule('SlowCheckout', { state: 'firing' })];
const ACTIVE = [{ url: 'http://alertmanager:9093/api/v2/alerts' }];

/** The two vendors' answers, as their APIs give them. */
const world = {
  rules: HEALTHY as readonly object[],
  managers: ACTIVE as readonly object[],
  /** Looks at the alerts before the posted one is there; null: it never is. */
  looks: 1 as number | null,
  state: 'active',
  receivers: [{ name: 'on-call' }] as readonly object[],
  posted: [] as Posted[],
};

let server: TestServer;
let refused: string;

beforeAll(async () => {
  let looked = 0;
  server = await startTestServer(({ path, method, headers, body }, response) => {
    const success = (data: object) => response.end(JSON.stringify({ status: 'success', data }));
    if (headers.authorization !== `Bearer ${TOKEN}`) response.writeHead(401).end();
    else if (path.startsWith('/silent')) return;
    else if (path.startsWith('/broken')) response.writeHead(503).end();
    else if (path.startsWith('/page')) response.end('<html>');
    else if (path === '/api/v1/rules?type=alert') success({ groups: [{ name: 'shop', rules: world.rules }] });
    else if (path === '/api/v1/alertmanagers')
      success({ activeAlertmanagers: world.managers, droppedAlertmanagers: [] });
    else if (path === '/api/v2/alerts' && method === 'POST') {
      world.posted.push(...(JSON.parse(body) as Posted[]));
      looked = 0;
      response.end();
    } else if (path === `/api/v2/alerts?${new URLSearchParams({ filter: 'alertname="SlipwayTest"' }).toString()}`) {
      looked += 1;
      const there = world.looks !== null && looked >= world.looks;
      const { state, receivers } = world;
      const own = world.posted.map(({ labels }) => ({ labels, receivers, status: { state, silencedBy: [] } }));
      response.end(JSON.stringify(there ? own : []));
    } else response.writeHead(404).end();
  });
  refused = await refusedUrl();
});
afterAll(async () => await server.close());
beforeEach(() => {
  Object.assign(world, { rules: HEALTHY, managers: ACTIVE, looks: 1, state: 'active' });
  Object.assign(world, { receivers: [{ name: 'on-call' }], posted: [] });
});

const asking = (rest: object = {}, path = '') => ({
  url: `${server.url}${path}`,
  auth: AUTH,
  rules: ['HighErrorRate', 'SlowCheckout'],
  ...rest,
});
const firing = (rest: object = {}, path = '') => ({
  alertmanager: { url: `${server.url}${path}`, auth: AUTH, 'fire-test': true, ...rest },
});
const run = async (config: object, signal?: AbortSignal) =>
  await alertCheck.run(
    alertCheck.schema.parse(config),
    contextFor(alertCheck.needs, createTestContext({ secrets, ...(signal === undefined ? {} : { signal }) })),
  );
const isResolved = ({ endsAt }: Posted) => Date.parse(endsAt) <= Date.now();

describeCheckConformance(alertCheck, async () => {
  const before = server.requests.length;
  return {
    context: { secrets },
    passing: asking(firing()),
    failing: asking({ rules: ['HighErrorRate', 'NoSuchRule'] }),
    cannotAsk: asking({ url: refused }),
    endless: {
      config: asking({}, '/silent'),
      begun: async () => void (await vi.waitUntil(() => server.requests.length > before)),
    },
    [Symbol.asyncDispose]: async () => undefined,
  };
});

describe('alert check', () => {
  it.each([
    ['inactive', [rule('A')], 'pass', 'inactive, health ok'],
    ['firing', [rule('A', { state: 'firing' })], 'pass', 'firing, health ok'],
    ['not loaded', [rule('B')], 'fail', 'not loaded'],
    [
      'with an error',
      [rule('A', { health: 'err', lastError: 'no such\nvector' })],
      'fail',
      'inactive, health err: no such vector',
    ],
    ['not yet worked out', [rule('A', { health: 'unknown' })], 'unknown', 'inactive, health unknown'],
    ['of an unknown state', [rule('A', { state: 'odd' })], 'unknown', 'odd, health ok'],
    ['twice, once ill', [rule('A'), rule('A', { health: 'err' })], 'fail', 'inactive, health err'],
  ])('looks at a rule that is %s', async (_, rules, verdict, found) => {
    world.rules = rules;
    const result = await run(asking({ rules: ['A'] }));
    expect(result.verdict).toBe(verdict === 'pass' ? 'pass' : 'fail');
    expect(result.evidence.items[0]).toMatchObject({ asked: 'alerting rule A', found, verdict });
  });

  it('does not pass where Prometheus has nobody to tell', async () => {
    world.managers = [];
    const { verdict, evidence } = await run(asking());
    expect(verdict).toBe('fail');
    expect(evidence.summary).toMatch(/Alertmanagers of Prometheus is none active, expected at least one active/);
  });

  it('posts nothing unless it is told to', async () => {
    expect((await run(asking())).verdict).toBe('pass');
    expect(world.posted).toEqual([]);
  });

  it.each([
    ['there', {}, {}, 'pass', 'active, for on-call'],
    ['there a little later', { looks: 2 }, {}, 'pass', 'active, for on-call'],
    ['there for whom it must', {}, { receiver: 'on-call' }, 'pass', 'active, for on-call'],
    ['there for others', {}, { receiver: 'shop' }, 'fail', 'active, for on-call'],
    ['there for nobody', { receivers: [] }, {}, 'fail', 'active, for nobody'],
    ['silenced', { state: 'suppressed' }, {}, 'fail', 'suppressed, for on-call'],
    ['nowhere', { looks: null }, {}, 'fail', 'not seen in time'],
  ])('fires a test alert that is %s, and resolves it', async (_, state, config, verdict, found) => {
    Object.assign(world, state);
    const result = await run(asking({ ...firing({ ...config, labels: { team: 'shop' } }), timeout: '600ms' }));
    expect(result.verdict).toBe(verdict);
    expect(result.evidence.items.at(-1)).toMatchObject({ asked: 'test alert in Alertmanager', found, verdict });
    const [posted, resolved] = world.posted;
    expect(posted?.labels).toEqual({ team: 'shop', alertname: 'SlipwayTest', slipway_test: 'effect-1' });
    expect(resolved?.labels).toEqual(posted?.labels);
    expect(world.posted.map(isResolved)).toEqual([false, true]);
  });

  it('resolves the test alert also where it is aborted', async () => {
    world.looks = null;
    const controller = new AbortController();
    const rejection = rejectionOf(run(asking(firing()), controller.signal));
    await vi.waitUntil(() => world.posted.length === 1);
    controller.abort();
    await rejection;
    expect(world.posted.map(isResolved)).toEqual([false, true]);
  });

  it.each([
    ['an error of Prometheus', () => asking({}, '/broken'), RetryableError, /Prometheus answered 503/],
    ['a page', () => asking({}, '/page'), TerminalError, /not that of Prometheus's API: check its url/],
    ['a wrong address', () => asking({}, '/api'), TerminalError, /Prometheus answered 404: check its url/],
    ['no secret', () => asking({ auth: undefined }), TerminalError, /answered 401: check the secret in auth/],
    ['no answer', () => asking({ timeout: '100ms' }, '/silent'), RetryableError, /no answer within/],
    ['an error of Alertmanager', () => asking(firing({}, '/broken')), RetryableError, /Alertmanager answered 503/],
  ])('throws for %s', async (_, config, kind, says) => {
    const error = await rejectionOf(run(config()));
    expect(error).toBeInstanceOf(kind);
    expect(String(error)).toMatch(says);
    expectNoSecrets(error, { TOKEN });
  });

  it.each([
    {},
    { url: 'http://a.example' },
    { url: 'http://a.example', rules: [] },
    { url: 'http://user:password@a.example', rules: ['A'] },
    { url: 'http://a.example', rules: ['A'], alertmanager: { url: 'http://b.example' } },
    {
      url: 'http://a.example',
      rules: ['A'],
      alertmanager: { url: 'http://b.example', 'fire-test': true, labels: { 'a-b': 'c' } },
    },
  ])('refuses %j', (config) => {
    expect(alertCheck.schema.safeParse(config).success).toBe(false);
  });
});

describe.skipIf(PROMETHEUS === null)(`with a real Prometheus${skipped}`, () => {
  it('finds no rule and no Alertmanager where there are none', async () => {
    await using prometheus = await startPrometheus();
    const auth = { user: USER, password: { env: 'PASSWORD' } };
    const { verdict, evidence } = await run({ url: prometheus.url, auth, rules: ['A'] });
    expect(verdict).toBe('fail');
    expect(evidence.items.map(({ found }) => found)).toEqual(['not loaded', 'none active']);
  }, 60_000);
});
