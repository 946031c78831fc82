import { afterEach, beforeEach, expect, test } from 'vitest';
import { runVisitors } from '../../examples/shop/visitors.ts';
import { freePort, type RealServer } from './support/real-server.ts';
import { openShop, type Shop } from './support/shop.ts';

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

const plan = (name: string, step: string) => `launch: ${name}
artifact: { name: shop }
environments:
  production:
    tier: production
    target: { process: { command: [node, server.ts], env: { SHOP_VERSION: '{{ artifact.version }}' }, instances: 2 } }
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

/** Launches `version` over 1.0.0 while visitors come; says how it ended and what they met. */
async function launchUnderLoad(strategy: string, version: string) {
  const { id: first } = await server.launch(plan('first', '- deploy: production'));
  await server.settled(first);
  const leaving = new AbortController();
  const visits = runVisitors({ url: `http://127.0.0.1:${port}`, ratePerSecond: 60, signal: leaving.signal });
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
    const { view, serving, report } = await launchUnderLoad(strategy, '2.1.0');
    expect(view).toMatchObject({ state: 'rolled-back', previousVersion: '1.0.0' });
    expect(serving).toBe('1.0.0');
    expect(report.lost).toBe(0);
  },
  90_000,
);
