import { createServer, type Server } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { RealServer } from './support/real-server.ts';
import { openShop, type Shop } from './support/shop.ts';

let shop: Shop;
let server: RealServer;
let stranger: Server;

beforeEach(async () => {
  shop = await openShop();
  ({ server } = shop);
  stranger = createServer();
  await new Promise<void>((done) => stranger.listen(0, '127.0.0.1', done));
});

afterEach(async () => {
  stranger.close();
  await shop.close();
});

test('a first deploy onto a port that is taken says so, and its way back leaves nothing running', async () => {
  const address = stranger.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const { id } = await server.launch(`launch: first
artifact: { name: shop }
environments:
  production:
    tier: production
    target: { process: { command: [node, server.ts], env: { SHOP_VERSION: '{{ artifact.version }}' } } }
    router: { builtin: { listen: ${port} } }
phases: [{ phase: install, steps: [{ deploy: production, on-fail: rollback }] }]
`);
  const ended = await server.until(id, (view) => view.endedAt !== null || view.state === 'rollback-incomplete');
  expect(ended.state).toBe('rolled-back');
  expect(ended.causes.join()).toContain(String(port));
  expect(ended.wayBack.map(({ state }) => state)).toEqual(['done', 'done', 'done']);
  await server.record(id);
}, 120_000);
