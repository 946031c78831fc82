import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runVisitors, type VisitorReport } from '../../examples/shop/visitors.ts';
import { installPlan } from './support/canary-plan.ts';
import { slipway } from './support/command-line.ts';
import { freePort, type RealServer } from './support/real-server.ts';
import { openShop, type Shop } from './support/shop.ts';

const INSTANCES = 7;

let shop: Shop;
let server: RealServer;
let port: number;
let leave: () => Promise<VisitorReport>;

beforeEach(async () => {
  shop = await openShop();
  ({ server } = shop);
  port = await freePort();
  const first = await server.launch(installPlan({ port, instances: INSTANCES }));
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

const plan = (instances: number): string => `launch: next
artifact: { name: shop }
environments:
  production:
    tier: production
    target: { process: { command: [node, server.ts], env: { SHOP_VERSION: '{{ artifact.version }}' }, instances: ${instances} } }
    router: { builtin: { listen: ${port}, sticky: { cookie: visitor } } }
metrics:
  errors: { from: router, ratio: server-errors }
phases:
  - phase: production
    steps:
      - rollout: production
        strategy: canary
        judge: { errors: { compare: instances } }
        min-samples: 20
        steps: [{ weight: 20, hold: 10s }, { weight: 50, hold: 3s }, { weight: 100, hold: 2s }]
`;

test("a version whose instances fail is turned back, and a sound one passes, by its instances beside the old one's", async () => {
  const bad = await server.launch(plan(INSTANCES), '2.1.0');
  const turned = await server.settled(bad.id);
  expect(turned.causes.join()).toMatch(/^errors: .* on 2\.1\.0 against .* on 1\.0\.0 after .*; by chance this happens/);
  expect(turned.state).toBe('rolled-back');
  const file = join(server.folder, 'record.json');
  writeFileSync(file, JSON.stringify(await server.record(bad.id)));
  expect(await slipway({ folder: server.folder }, 'judge', 'replay', file)).toMatchObject({ code: 0, errors: '' });
  const sound = await server.launch(plan(INSTANCES), '2.2.0');
  const passed = await server.settled(sound.id);
  expect([passed.causes, passed.state]).toEqual([[], 'completed']);
}, 120_000);

test('with too few instances for a small part of the evidence nothing passes, and the launch says why', async () => {
  const small = plan(INSTANCES).replace('{ compare: instances } }', '{ compare: instances }, slow: { weight: 9 } }');
  const two = small.replace('phases:', '  slow: { from: router, quantile: 0.5 }\nphases:');
  const { id } = await server.launch(two, '2.2.0');
  const { state, causes } = await server.settled(id);
  expect(causes.join()).toContain(
    'errors cannot be compared instance with instance: 7 of 2.2.0 and 7 of 1.0.0 are too few',
  );
  expect(state).toBe('held');
}, 120_000);
