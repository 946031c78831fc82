import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { RealServer, ROOT } from './support/real-server.ts';

let folder: string;
let server: RealServer;
let stranger: Server;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'slipway-port-'));
  cpSync(join(ROOT, 'examples/shop'), folder, { recursive: true });
  server = new RealServer(folder);
  await server.start();
  stranger = createServer();
  await new Promise<void>((done) => stranger.listen(0, '127.0.0.1', done));
});

afterEach(async () => {
  stranger.close();
  await server.stop('shop.production');
  rmSync(folder, { recursive: true, force: true });
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
