import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runVisitors } from '../../examples/shop/visitors.ts';
import { nginxBinary, type RunningNginx, skipped, startNginx } from '../../scripts/servers/nginx.ts';
import type { RealServer } from './support/real-server.ts';
import { openShop, type Shop } from './support/shop.ts';

let shop: Shop;
let server: RealServer;
let nginx: RunningNginx;

const plan = (name: string, step: string) => `launch: ${name}
artifact: { name: shop }
environments:
  production:
    tier: production
    target: { process: { command: [node, server.ts], env: { SHOP_VERSION: '{{ artifact.version }}' }, instances: 2 } }
    router:
      nginx:
        file: ${nginx.file}
        log: ${nginx.log}
        control: ${nginx.control}
        address: ${nginx.address}
        sticky: { cookie: visitor }
        test: ${JSON.stringify(nginx.test)}
        reload: ${JSON.stringify(nginx.reload)}
metrics: { errors: { from: router, ratio: server-errors } }
channels: { team: { file: { path: told.md } } }
phases:
  - phase: production
    steps:
      ${step}
`;
const rollout = `- rollout: production
        strategy: canary
        while: ['errors.new <= errors.old + 0.02']
        min-samples: 20
        steps: [{ weight: 50, hold: 3s }, { weight: 100, hold: 2s }]`;

describe.skipIf(nginxBinary === null)(`a canary through the team's nginx${skipped}`, () => {
  beforeEach(async () => {
    nginx = await startNginx();
    shop = await openShop();
    ({ server } = shop);
  });

  afterEach(async () => {
    await using _ends = nginx;
    await shop.close();
  });

  test.each([
    ['takes a good version to all', '2.2.0', 'completed', '2.2.0'],
    ['brings the old version back when the new one fails', '2.1.0', 'rolled-back', '1.0.0'],
  ])(
    '%s',
    async (_what, version, state, serving) => {
      const { id: first } = await server.launch(plan('first', '- deploy: production'));
      await server.settled(first);
      const leaving = new AbortController();
      // Those lost are not held to be none: nginx ends connections at its reload, and these visitors do not try again.
      // Each pays with a gift card, which a bad version cannot take: how soon it shows is not left to chance.
      const crowd = { ratePerSecond: 60, only: 'checkout', giftCards: 1 } as const;
      const visits = runVisitors({ url: nginx.address, ...crowd, signal: leaving.signal });
      const { id } = await server.launch(plan('next', rollout), version);
      const view = await server.settled(id);
      expect(view).toMatchObject({ state });
      for (let visit = 0; visit < 20; visit += 1) {
        const answer = await fetch(`${nginx.address}/healthz`);
        expect(answer.headers.get('x-shop-version')).toBe(serving);
      }
      leaving.abort();
      const report = await visits;
      expect(Object.keys(report.byVersion).toSorted()).toEqual(['1.0.0', version]);
      await server.record(id);
    },
    90_000,
  );
});
