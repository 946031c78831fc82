import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LaunchView } from '@slipway/contract';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { installPlan } from './support/canary-plan.ts';
import { freePort, type RealServer } from './support/real-server.ts';
import { openShop, type Shop } from './support/shop.ts';

let shop: Shop;
let server: RealServer;
let port: number;

beforeEach(async () => {
  shop = await openShop();
  ({ server } = shop);
  port = await freePort();
  const first = await server.launch(installPlan({ port }));
  await server.until(first.id, ({ state }) => state === 'completed');
});

afterEach(async () => {
  await shop.close();
});

/** Nobody visits the shop: nothing can be told of the new version. */
const plan = (): string => `launch: next
artifact: { name: shop }
environments:
  production:
    tier: production
    target: { process: { command: [node, server.ts], env: { SHOP_VERSION: '{{ artifact.version }}' } } }
    router: { builtin: { listen: ${port} } }
metrics: { errors: { from: router, ratio: server-errors } }
channels: { on-call: { file: { path: pages.md } } }
page: { to: [on-call], again: 30s, language: fr }
phases:
  - phase: production
    steps:
      - rollout: production
        strategy: canary
        while: ['errors.new < 0.02']
        on-insufficient-data: page
        on-telemetry-broken: page
        steps: [{ weight: 50, hold: 1s }, { weight: 100, hold: 1s }]
`;

const told = (): string => {
  const file = join(shop.folder, 'pages.md');
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
};
const times = (page: number): number => told().split(`Message ${page} sur 12`).length - 1;

test('people on call are told at once, again after the death of the server, and not any more once somebody acts', async () => {
  const { id } = await server.launch(plan(), '2.1.0');
  await server.until(id, ({ state }) => state === 'held');
  await vi.waitFor(() => expect(times(1)).toBe(1), { timeout: 20_000 });
  expect(told()).toContain(`slipway resume --launch ${id}`);
  expect(told()).toMatch(
    /rollout-production \(.*\) : (données insuffisantes|télémétrie en panne) : (pas assez|aucune)/,
  );
  const french = await server.open(`/launches/${id}`, { 'accept-language': 'fr' }, AbortSignal.timeout(10_000));
  expect(((await french.json()) as LaunchView).causes.join()).toMatch(/ : (pas assez pour juger|aucune mesure)/);
  await server.killAndRestart();
  await vi.waitFor(() => expect(times(2)).toBe(1), { timeout: 90_000, interval: 500 });
  expect(times(1)).toBe(1);
  await server.api('POST', `/launches/${id}/commands`, { type: 'hold', reason: 'I am looking' });
  await server.api('POST', `/launches/${id}/commands`, { type: 'rollback', reason: 'nobody knows' });
  expect((await server.settled(id)).state).toBe('rolled-back');
  expect([times(1), times(2), times(3)]).toEqual([1, 1, 0]);
}, 180_000);
