import { setTimeout as pass } from 'node:timers/promises';
import type { LaunchRecord } from '@slipway/contract';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runVisitors } from '../../examples/shop/visitors.ts';
import { freePort, type RealServer } from './support/real-server.ts';
import { openShop, type Shop } from './support/shop.ts';

const OLD = '1.0.0';
const GOOD = '2.2.0';
/** Cannot sell gift cards. */
const BAD = '2.1.0';

let shop: Shop;
let port: number;
let server: RealServer;
/** The visitors of a test leave with it. */
let leaving: AbortController;

beforeEach(async () => {
  leaving = new AbortController();
  shop = await openShop();
  ({ server } = shop);
  port = await freePort();
  const { id } = await server.launch(plan('first', '- deploy: production'), OLD);
  await server.settled(id);
});

afterEach(async () => {
  leaving.abort();
  await shop.close();
});

const plan = (name: string, steps: string) => `launch: ${name}
artifact: { name: shop }
environments:
  production:
    tier: production
    target: { process: { command: [node, server.ts], env: { SHOP_VERSION: '{{ artifact.version }}' }, instances: 2 } }
    router: { builtin: { listen: ${port} } }
metrics:
  errors: { from: router, ratio: server-errors }
  differences: { from: router, ratio: mirror-differences }
phases:
  - phase: production
    steps:
      ${steps}
`;

/** What a shop says of its version may differ. */
const dark = `- rollout: production
        strategy: dark-launch
        while: ['differences.new < 0.01', 'errors.new < 0.02']
        min-samples: 10
        mirror: { compare: { body: { ignore: ['$.version'] } } }
        steps: [{ weight: 50, hold: 4s }, { weight: 100, hold: 4s }]`;
const canary = `
      - rollout: production
        strategy: canary
        while: ['errors.new <= errors.old + 0.02']
        min-samples: 10
        steps: [{ weight: 50, hold: 4s }, { weight: 100, hold: 4s }]`;

interface Met {
  /** Epoch ms. */
  readonly at: number;
  readonly status: number;
  readonly version: string | null;
}

/** Somebody who reads the shop's JSON again and again until told to stop. */
async function read(signal: AbortSignal): Promise<readonly Met[]> {
  const met: Met[] = [];
  for (let turn = 0; !signal.aborted; turn += 1) {
    const answer = await fetch(`http://127.0.0.1:${port}${turn % 2 === 0 ? '/api/products' : '/healthz'}`);
    await answer.arrayBuffer();
    met.push({ at: Date.now(), status: answer.status, version: answer.headers.get('x-shop-version') });
    await pass(5);
  }
  return met;
}

/** What the router said of its copies at the end of each share. */
function reportsIn({ events }: LaunchRecord): readonly unknown[] {
  return events.flatMap(({ event }) => {
    const outcome = event['outcome'] as { readonly data?: { readonly mirror?: unknown } } | undefined;
    return outcome?.data?.mirror ?? [];
  });
}

const markdownOf = async (id: string): Promise<string> =>
  (await server.open(`/launches/${id}/record?format=markdown`, {}, AbortSignal.timeout(10_000))).text();

test('a good version passes in the dark with a report, and then goes to everybody', async () => {
  const reading = read(leaving.signal);
  const { id } = await server.launch(plan('next', dark + canary), GOOD);
  const seen = await server.until(id, ({ phases }) => /compared/.test(phases[0]?.steps[0]?.detail ?? ''));
  const view = await server.settled(id);
  leaving.abort();
  const met = await reading;
  const record = await server.record(id);

  expect(seen.phases[0]?.steps[0]?.detail).toMatch(
    /^mirrors (?:50|100) % of requests to 2\.2\.0: [\d,]+ compared, 0 different$/,
  );
  expect(view).toMatchObject({ state: 'completed', previousVersion: OLD });
  expect(view.phases[0]?.steps[0]).toMatchObject({ id: 'dark-launch-production', state: 'passed' });
  expect(reportsIn(record)).toMatchObject([
    { version: GOOD, share: 50, different: 0, failed: 0 },
    { version: GOOD, share: 100, different: 0, failed: 0 },
  ]);
  expect(await markdownOf(id)).toContain('## What the copies showed');
  // Nobody met it before the canary moved traffic.
  const moved = record.events.find(
    ({ event }) => event.type === 'effect-started' && event['effect'] === 'rollout-production:3.0',
  );
  const first = met.find(({ version }) => version === GOOD);
  expect(first?.at).toBeGreaterThanOrEqual(moved?.at ?? Number.POSITIVE_INFINITY);
  expect(met.filter(({ status }) => status !== 200)).toEqual([]);
}, 90_000);

test('a bad version is stopped in the dark by how it differs, and nobody has met it', async () => {
  const visits = runVisitors({ url: `http://127.0.0.1:${port}`, ratePerSecond: 80, signal: leaving.signal });
  const copied = dark.replace(/mirror: .*/, 'mirror: { methods: [GET, POST], compare: { body: none } }');
  const { id } = await server.launch(plan('next', copied + canary), BAD);
  const view = await server.settled(id);
  leaving.abort();
  const report = await visits;
  const [shown] = reportsIn(await server.record(id));

  expect(view).toMatchObject({ state: 'rolled-back', previousVersion: OLD, exposure: 0 });
  expect(view.causes.join()).toContain('differences');
  expect(shown).toMatchObject({
    version: BAD,
    samples: expect.arrayContaining([expect.objectContaining({ what: 'status' })]),
  });
  expect(report.lost).toBe(0);
  expect(Object.keys(report.byVersion)).toEqual([OLD]);
  const answer = await fetch(`http://127.0.0.1:${port}/healthz`);
  expect(answer.headers.get('x-shop-version')).toBe(OLD);
}, 90_000);

test('goes on where it was when the server is killed in the middle', async () => {
  const reading = read(leaving.signal);
  const { id } = await server.launch(plan('next', dark), GOOD);
  await server.until(id, ({ phases }) => /compared/.test(phases[0]?.steps[0]?.detail ?? ''));
  await server.killAndRestart();
  const view = await server.settled(id);
  leaving.abort();
  const met = await reading;

  expect(view).toMatchObject({
    state: 'completed',
    exposure: 0,
    environments: [{ split: [{ version: OLD, weight: 100 }] }],
  });
  expect(view.headline).toContain('got copies of requests only');
  expect([...new Set(met.map(({ status, version }) => `${status} ${version}`))]).toEqual([`200 ${OLD}`]);
}, 90_000);
