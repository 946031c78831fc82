import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { runVisitors } from '../../examples/shop/visitors.ts';
import { freePort, type RealServer } from './support/real-server.ts';
import { openShop, type Shop } from './support/shop.ts';
import { type Sample, steadySamples, watchInstances } from './support/watch-instances.ts';

let shop: Shop;
let port: number;
let server: RealServer;

beforeEach(async () => {
  shop = await openShop();
  ({ server } = shop);
  port = await freePort();
});

afterEach(async () => {
  await shop.close();
});

const plan = (name: string, step: string, instances = 2) => `launch: ${name}
artifact: { name: shop }
environments:
  production:
    tier: production
    target: { process: { command: [node, server.ts], env: { SHOP_VERSION: '{{ artifact.version }}' }, instances: ${instances} } }
    router: { builtin: { listen: ${port} } }
metrics: { errors: { from: router, ratio: server-errors } }
channels: { team: { file: { path: told.md } } }
phases:
  - phase: production
    steps:
      ${step}
`;
const rollout = (strategy: string) => `- rollout: production
        strategy: ${strategy}
        while: ['errors.new <= errors.old + 0.02']
        min-samples: 20
        steps: [{ weight: 100, hold: 2s }]`;

/** Fails for whoever pays with a gift card. */
const BAD = '2.1.0';

/** Visitors until the signal. Where a version has to fail, each of them meets what is wrong with it: how soon is not left to chance. */
const visit = (version: string, signal: AbortSignal) =>
  runVisitors({
    url: `http://127.0.0.1:${port}`,
    ratePerSecond: 60,
    signal,
    ...(version === BAD ? { only: 'checkout', giftCards: 1 } : {}),
  });

/** Launches `version` over 1.0.0 while visitors come; says how it ended and what they met. */
async function launchUnderLoad(strategy: string, version: string) {
  const { id: first } = await server.launch(plan('first', '- deploy: production'));
  await server.settled(first);
  const leaving = new AbortController();
  const visits = visit(version, leaving.signal);
  const { id } = await server.launch(plan('next', rollout(strategy)), version);
  const view = await server.settled(id);
  const answer = await fetch(`http://127.0.0.1:${port}/healthz`);
  leaving.abort();
  await server.record(id);
  return { view, serving: answer.headers.get('x-shop-version'), report: await visits };
}

test.each(['blue-green', 'big-bang'])(
  '%s moves all traffic at once and loses no request',
  async (strategy) => {
    const { view, serving, report } = await launchUnderLoad(strategy, '2.2.0');
    expect(view.state).toBe('completed');
    expect(serving).toBe('2.2.0');
    expect(report.lost).toBe(0);
  },
  90_000,
);

test.each(['blue-green', 'big-bang'])(
  '%s brings the old version back when the new one fails',
  async (strategy) => {
    const { view, serving, report } = await launchUnderLoad(strategy, BAD);
    expect(view).toMatchObject({ state: 'rolled-back', previousVersion: '1.0.0' });
    expect(serving).toBe('1.0.0');
    expect(report.lost).toBe(0);
  },
  90_000,
);

const rolling = (missing: number) => `- rollout: production
        strategy: rolling
        max-surge: 1
        max-unavailable: ${missing}
        while: ['errors.new <= errors.old + 0.02']
        min-samples: 20
        steps: [{ weight: 50, hold: 2s }, { weight: 100, hold: 2s }]`;

/** The effects that roll. */
const ROLLS: ReadonlySet<unknown> = new Set(['rollout-production:2.0', 'rollout-production:4.0']);

const ofNew = (ids: readonly string[], version: string) => ids.filter((id) => id.startsWith(`${version}/`)).length;

const settled = z.looseObject({
  outcome: z.looseObject({
    evidence: z.looseObject({
      items: z.array(z.object({ asked: z.string(), found: z.string(), verdict: z.string() })),
    }),
  }),
});

/** What an effect that was done looked at. */
const itemsOf = (event: unknown) => settled.safeParse(event).data?.outcome.evidence.items ?? [];

interface Rolling {
  readonly meanwhile?: (launch: string) => Promise<void>;
  readonly missing?: number;
}

/** Rolls `version` over four instances of 1.0.0 while visitors come and somebody counts the instances. */
async function rollUnderLoad(version: string, { meanwhile = async () => {}, missing = 0 }: Rolling = {}) {
  const { id: first } = await server.launch(plan('first', '- deploy: production', 4));
  await server.settled(first);
  const leaving = new AbortController();
  const visits = visit(version, leaving.signal);
  const watched = watchInstances(shop.folder, 'shop.production', leaving.signal);
  const { id } = await server.launch(plan('next', rolling(missing), 4), version);
  await meanwhile(id);
  const view = await server.settled(id);
  const answer = await fetch(`http://127.0.0.1:${port}/healthz`);
  leaving.abort();
  const { events } = await server.record(id);
  // How far it had come each time that traffic moved, as the record tells it.
  const noted = events
    .filter(({ event }) => event.type === 'effect-noted' && ROLLS.has(event['effect']))
    .map(({ event }) => event['note']);
  const serving = answer.headers.get('x-shop-version');
  // Where traffic went each time that the old version began to be restored.
  const restored = events
    .flatMap(({ event }) => itemsOf(event))
    .filter(({ asked }) => asked === 'traffic before the restore')
    .map(({ found, verdict }) => ({ found, verdict }));
  return { view, samples: await watched, noted, restored, serving, report: await visits };
}

/** Four instances with one more at the most and none fewer: what `rolling` allows. */
function expectBounds(samples: readonly Sample[]): void {
  expect(Math.max(...samples.map(({ ids }) => ids.length))).toBeLessThanOrEqual(5);
  expect(Math.min(...steadySamples(samples).map(({ ready }) => ready))).toBe(4);
}

test('rolling replaces instance by instance within its bounds, and loses no request', async () => {
  const { view, samples, noted, serving, report } = await rollUnderLoad('2.2.0');
  expect(view).toMatchObject({ state: 'completed', environments: [{ split: [{ version: '2.2.0', weight: 100 }] }] });
  expect([serving, report.lost]).toEqual(['2.2.0', 0]);
  expect(noted).toMatchObject([1, 2, 3, 4].map((instances) => ({ instances, of: 4 })));
  expectBounds(samples);
}, 90_000);

test('rolling goes on where it was when the server is killed in the middle', async () => {
  const { view, samples, serving, report } = await rollUnderLoad('2.2.0', {
    meanwhile: async (id) => {
      await server.until(id, ({ phases }) => phases[0]?.steps[0]?.detail === 'rolls 2.2.0: 1 of 4 instances');
      await server.killAndRestart();
    },
  });
  expect(view.state).toBe('completed');
  expect([serving, report.lost]).toEqual(['2.2.0', 0]);
  expect(samples.at(-1)?.ids).toEqual(['2.2.0/1', '2.2.0/2', '2.2.0/3', '2.2.0/4']);
  expectBounds(samples);
}, 90_000);

test.each([
  [0, '50 % on 2.1.0, 50 % on 1.0.0'],
  [2, '100 % on 1.0.0'],
])(
  'rolling, %d instances fewer allowed, brings the old version back from: %s',
  async (missing, before) => {
    const { view, samples, noted, restored, serving, report } = await rollUnderLoad(BAD, { missing });
    // All of it at a time: each says why the others are not as they should be.
    expect({ state: view.state, causes: view.causes, noted, restored }).toEqual({
      state: 'rolled-back',
      causes: [expect.stringMatching(/^errors: 100 % on 2\.1\.0 against 0 % on 1\.0\.0/)],
      noted: [expect.objectContaining({ instances: 1 }), expect.objectContaining({ instances: 2 })],
      restored: [{ found: before, verdict: 'pass' }],
    });
    expect(view.previousVersion).toBe('1.0.0');
    expect([serving, report.lost]).toEqual(['1.0.0', 0]);
    expect(samples.at(-1)).toEqual({ ids: ['1.0.0/1', '1.0.0/2', '1.0.0/3', '1.0.0/4'], ready: 4 });
    // The first batch is as far as it came.
    expect(Math.max(...samples.map(({ ids }) => ofNew(ids, '2.1.0')))).toBe(2);
  },
  90_000,
);
