import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pass } from 'node:timers/promises';
import type { LaunchRecord, LaunchView } from '@slipway/contract';
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
        steps: [{ weight: 50, hold: 2s }, { weight: 100, hold: 2s }]`;
const canary = `
      - rollout: production
        strategy: canary
        while: ['errors.new <= errors.old + 0.02']
        min-samples: 10
        steps: [{ weight: 50, hold: 2s }, { weight: 100, hold: 2s }]`;

interface Met {
  /** Epoch ms. */
  readonly at: number;
  /** 0: no answer came. */
  readonly status: number;
  readonly version: string | null;
}

async function meet(path: string): Promise<Met> {
  try {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`);
    await answer.arrayBuffer();
    return { at: Date.now(), status: answer.status, version: answer.headers.get('x-shop-version') };
  } catch {
    return { at: Date.now(), status: 0, version: null };
  }
}

/** Somebody who reads the shop's JSON again and again until told to stop. */
async function read(signal: AbortSignal): Promise<readonly Met[]> {
  const met: Met[] = [];
  for (let turn = 0; !signal.aborted; turn += 1) {
    met.push(await meet(turn % 2 === 0 ? '/api/products' : '/healthz'));
    await pass(5);
  }
  return met;
}

interface Settled {
  readonly data?: { readonly mirror?: { readonly share: number } };
  readonly evidence?: { readonly items: readonly { readonly asked: string }[] };
}

const outcomesIn = ({ events }: LaunchRecord): readonly Settled[] =>
  events.flatMap(({ event }) => (event['outcome'] as Settled | undefined) ?? []);

/** What the router said of its copies last at each share: one that could not tell is watched again. */
function reportsIn(record: LaunchRecord): readonly unknown[] {
  const reports = outcomesIn(record).flatMap(({ data }) => data?.mirror ?? []);
  return [...new Map(reports.map((report) => [report.share, report])).values()];
}

/**
 * Until it has ended. On a machine that is busy too few copies may come in the time of a share: then the launch is held, as it
 * must be, and is resumed as a person would do it, for as long as the test has time. Anything else that holds it fails the test.
 */
async function ended(id: string): Promise<LaunchView> {
  for (;;) {
    const view = await server.settled(id);
    if (view.state !== 'held') return view;
    for (const cause of view.causes) expect(cause).toMatch(/not enough to judge on|no (?:usable )?reading/);
    // Refused where the watch has ended the hold meanwhile.
    await server.api('POST', `/launches/${id}/commands`, { type: 'resume' }).catch(() => null);
  }
}

/** Kills the router, which had lost its state before: a disk that was lost, or a container without a volume. */
function loseRouter(): void {
  const folder = join(shop.folder, '.slipway/providers/router-builtin/shop.production');
  const { pid } = JSON.parse(readFileSync(join(folder, 'router.json'), 'utf8')) as { readonly pid: number };
  rmSync(join(folder, 'router-state.json'));
  process.kill(pid, 'SIGKILL');
}

const isCompared = ({ phases }: LaunchView): boolean => /compared/.test(phases[0]?.steps[0]?.detail ?? '');

const markdownOf = async (id: string): Promise<string> =>
  (await server.open(`/launches/${id}/record?format=markdown`, {}, AbortSignal.timeout(10_000))).text();

test('a good version passes in the dark with a report, and then goes to everybody', async () => {
  const reading = read(leaving.signal);
  const { id } = await server.launch(plan('next', dark + canary), GOOD);
  const seen = await server.until(id, isCompared);
  const view = await ended(id);
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
}, 180_000);

test('a bad version is stopped in the dark by how it differs, and nobody has met it', async () => {
  const visits = runVisitors({
    url: `http://127.0.0.1:${port}`,
    ratePerSecond: 80,
    giftCards: 1,
    signal: leaving.signal,
  });
  const copied = dark.replace(/mirror: .*/, 'mirror: { methods: [GET, POST], compare: { body: none } }');
  const { id } = await server.launch(plan('next', copied + canary), BAD);
  const view = await ended(id);
  leaving.abort();
  const report = await visits;
  const shown = reportsIn(await server.record(id)).at(-1);

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
}, 180_000);

test('goes on where it was when the server is killed in the middle', async () => {
  const reading = read(leaving.signal);
  const { id } = await server.launch(plan('next', dark), GOOD);
  await server.until(id, isCompared);
  await server.killAndRestart();
  const view = await ended(id);
  leaving.abort();
  const met = await reading;

  expect(view).toMatchObject({
    state: 'completed',
    exposure: 0,
    environments: [{ split: [{ version: OLD, weight: 100 }] }],
  });
  expect(view.headline).toContain('got copies of requests only');
  expect([...new Set(met.map(({ status, version }) => `${status} ${version}`))]).toEqual([`200 ${OLD}`]);
}, 180_000);

test('is copied to again by a router that lost its state, and nobody meets it', async () => {
  const reading = read(leaving.signal);
  const { id } = await server.launch(
    plan('next', dark.replace(/steps: .*/, 'steps: [{ weight: 100, hold: 6s }]')),
    GOOD,
  );
  await server.until(id, isCompared);
  loseRouter();
  const view = await ended(id);
  leaving.abort();
  const met = await reading;
  const items = outcomesIn(await server.record(id)).flatMap(({ evidence }) => evidence?.items ?? []);

  expect(view).toMatchObject({
    state: 'completed',
    exposure: 0,
    environments: [{ split: [{ version: OLD, weight: 100 }] }],
  });
  expect(items.map(({ asked }) => asked)).toContain('whether the router copied all along');
  expect([...new Set(met.flatMap(({ version }) => version ?? []))]).toEqual([OLD]);
  expect(met.at(-1)).toMatchObject({ status: 200, version: OLD });
}, 180_000);
