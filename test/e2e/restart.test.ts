import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pass } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { freePort, type RealServer } from './support/real-server.ts';
import { openShop, type Shop } from './support/shop.ts';

const PATIENCE = 60_000;

let shop: Shop;
let folder: string;
let server: RealServer;

beforeEach(async () => {
  shop = await openShop();
  ({ folder, server } = shop);
});

afterEach(async () => {
  await shop.close();
});

/** Of every process that outlives the server: the router, the supervisor, the instances. */
function pidsLeftRunning(): readonly number[] {
  const providers = join(folder, '.slipway/providers');
  const files = readdirSync(providers, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.json'));
  const pids = files.flatMap((file) => {
    const text = readFileSync(join(providers, file), 'utf8');
    return [...text.matchAll(/"pid":\s*(\d+)/g)].map((match) => Number(match[1]));
  });
  return [...new Set(pids)];
}

async function answered(port: number): Promise<string | null> {
  try {
    const response = await fetch(`http://127.0.0.1:${port}/`, { signal: AbortSignal.timeout(1_000) });
    return response.ok ? response.headers.get('x-shop-version') : null;
  } catch {
    return null;
  }
}

test('after everything on the machine died, the server brings back what served', async () => {
  const port = await freePort();
  const { id } = await server.launch(`launch: first
artifact: { name: shop }
environments:
  production:
    tier: production
    target: { process: { command: [node, server.ts], env: { SHOP_VERSION: '{{ artifact.version }}' }, instances: 2 } }
    router: { builtin: { listen: ${port} } }
phases: [{ phase: install, steps: [{ deploy: production }] }]
`);
  await server.until(id, (view) => view.state === 'completed');
  const before = await answered(port);
  expect(before).not.toBeNull();
  const pids = pidsLeftRunning();
  expect(pids.length).toBeGreaterThanOrEqual(4);
  for (const pid of pids) process.kill(pid, 'SIGKILL');
  await expect.poll(() => answered(port), { timeout: PATIENCE }).toBeNull();
  await server.killAndRestart();
  const deadline = Date.now() + PATIENCE;
  while ((await answered(port)) !== before && Date.now() < deadline) await pass(100);
  expect(await answered(port)).toBe(before);
}, 120_000);
