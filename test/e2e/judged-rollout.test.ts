import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LaunchRecord, LaunchView } from '@slipway/contract';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runVisitors, type VisitorReport } from '../../examples/shop/visitors.ts';
import { installPlan } from './support/canary-plan.ts';
import { slipway } from './support/command-line.ts';
import { freePort, type RealServer } from './support/real-server.ts';
import { openShop, type Shop } from './support/shop.ts';

let shop: Shop;
let server: RealServer;
let port: number;
let leave: () => Promise<VisitorReport>;

beforeEach(async () => {
  shop = await openShop();
  ({ server } = shop);
  port = await freePort();
  const first = await server.launch(installPlan({ port, instances: 3 }));
  await server.until(first.id, ({ state }) => state === 'completed');
  const leaving = new AbortController();
  // Each pays with a gift card, which a bad version cannot take: how soon it shows is not left to chance.
  const crowd = { ratePerSecond: 60, only: 'checkout', giftCards: 1 } as const;
  const visits = runVisitors({ url: `http://127.0.0.1:${port}`, ...crowd, signal: leaving.signal });
  leave = () => (leaving.abort(), visits);
});

afterEach(async () => {
  await leave();
  await shop.close();
});

const plan = (): string => `launch: next
artifact: { name: shop }
environments:
  production:
    tier: production
    target: { process: { command: [node, server.ts], env: { SHOP_VERSION: '{{ artifact.version }}' }, instances: 3 } }
    router: { builtin: { listen: ${port}, sticky: { cookie: visitor } } }
metrics:
  errors: { from: router, ratio: server-errors }
  latency: { from: router, quantile: 0.95 }
phases:
  - phase: production
    steps:
      - rollout: production
        strategy: canary
        judge: { errors: { plus: 1%, weight: 3 }, latency: { times: 10, plus: 1s } }
        min-samples: 20
        steps: [{ weight: 20, hold: 6s }, { weight: 50, hold: 3s }, { weight: 100, hold: 3s }]
`;

/** The same evidence comes out of the record alone, to the last digit. */
async function replay(record: LaunchRecord) {
  const file = join(server.folder, 'record.json');
  writeFileSync(file, JSON.stringify(record));
  return await slipway({ folder: server.folder }, 'judge', 'replay', file);
}

const compared = ({ look }: LaunchView) => look?.compared ?? null;

test('a version that fails is turned back by evidence that its record bears out', async () => {
  const { id } = await server.launch(plan(), '2.1.0');
  const seen = await server.until(id, (view) => compared(view) !== null);
  expect(compared(seen)).toMatchObject({
    alarm: expect.closeTo(100, 6),
    metrics: [{ name: 'errors' }, { name: 'latency' }],
  });
  const view = await server.settled(id);
  expect(view.state).toBe('rolled-back');
  expect(view.causes.join()).toMatch(
    /^errors: .* on 2\.1\.0 against .* on 1\.0\.0 after .*; by chance this happens in fewer than 1 of/,
  );
  const french = await server.open(`/launches/${id}`, { 'accept-language': 'fr' }, AbortSignal.timeout(10_000));
  expect(((await french.json()) as LaunchView).causes.join()).toMatch(
    /^errors : .* par hasard, cela arrive dans moins de 1 lancement/,
  );
  const replayed = await replay(await server.record(id));
  expect(replayed).toMatchObject({ code: 0, errors: '' });
}, 120_000);

test('a server that dies in the middle of a watch loses none of the evidence that it noted', async () => {
  const { id } = await server.launch(plan(), '2.2.0');
  await server.until(id, (view) => (view.look?.elapsed ?? 0) > 2_000);
  await server.killAndRestart();
  const view = await server.settled(id);
  expect(view.state).toBe('completed');
  const record = await server.record(id);
  const verdicts = record.events.filter(({ event }) => JSON.stringify(event).includes('"decision":"pass"'));
  expect(verdicts.length).toBeGreaterThanOrEqual(3);
  const replayed = await replay(record);
  expect(replayed).toMatchObject({ code: 0, errors: '' });
  expect((await leave()).lost).toBe(0);
}, 120_000);
