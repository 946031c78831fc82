import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { slipway } from './support/command-line.ts';
import { freePort } from './support/real-server.ts';
import { openShop, type Shop } from './support/shop.ts';

const PLAN = 'calibrate.yaml';
const ARGS = ['judge', 'calibrate', '--plan', PLAN, '--environment', 'production'];

let shop: Shop;
let port: number;

beforeEach(async () => {
  shop = await openShop();
  port = await freePort();
});

afterEach(async () => {
  await shop.close();
});

const plan = () => `launch: first
artifact: { name: shop }
environments:
  production:
    tier: production
    target: { process: { command: [node, server.ts], env: { SHOP_VERSION: '{{ artifact.version }}' }, instances: 3 } }
    router: { builtin: { listen: ${port} } }
metrics:
  errors: { from: router, ratio: server-errors }
  latency: { from: router, quantile: 0.99 }
  told: { from: command, argv: [cat, told.json] }
phases:
  - phase: production
    steps: [{ deploy: production }]
`;

/** Visits one after the other until it is told to stop; answers with how many were answered. */
async function visit(until: AbortSignal): Promise<number> {
  let visits = 0;
  while (!until.aborted) {
    const response = await fetch(`http://127.0.0.1:${port}/healthz`);
    await response.text();
    visits += 1;
  }
  return visits;
}

test('the instances of the running version are read second by second, and kept in a table that says the same', async () => {
  const { folder, server } = shop;
  writeFileSync(join(folder, PLAN), plan());
  const { id } = await server.launch(plan(), '2.2.0');
  expect(await server.settled(id)).toMatchObject({ state: 'completed', causes: [] });
  const over = new AbortController();
  const visits = visit(over.signal);
  const live = await slipway(
    { folder },
    ...ARGS,
    '--metric',
    'errors',
    '--for',
    '3s',
    '--save',
    'shards.csv',
    '--json',
  );
  over.abort();
  const found = JSON.parse(live.out) as { readonly lack: string; readonly seconds: number };
  expect([live.errors, live.code, found.lack]).toEqual(['Written to shards.csv.\n', 1, 'seconds']);
  expect(found).toMatchObject({ trusted: false, shards: 3, bad: 0 });
  expect(found.seconds).toBeGreaterThan(0);

  const again = await slipway({ folder }, 'judge', 'calibrate', 'shards.csv', '--json');
  expect(JSON.parse(again.out)).toMatchObject({ lack: 'seconds', shards: 3, bad: 0, seconds: found.seconds });
  const rows = readFileSync(join(folder, 'shards.csv'), 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(','));
  const byShard = Map.groupBy(rows, ([, shard]) => shard);
  const units = [...byShard.values()].map((own) => own.reduce((sum, [, , count]) => sum + Number(count), 0));
  // The router takes them in turn: each is at most one visit ahead, at the first reading and at the last.
  expect(Math.min(...units)).toBeGreaterThan(0);
  expect(Math.max(...units) - Math.min(...units)).toBeLessThanOrEqual(2);
  expect(units.reduce((sum, count) => sum + count, 0)).toBeLessThanOrEqual(await visits);
}, 90_000);

test('says why where a source cannot tell its shards apart, where nothing runs, and what the plan has', async () => {
  const { folder } = shop;
  writeFileSync(join(folder, PLAN), plan());
  const said = async (metric: string) => {
    const { code, errors } = await slipway({ folder }, ...ARGS, '--metric', metric, '--for', '1s');
    expect(code).toBe(2);
    return errors;
  };
  expect(await said('told')).toContain('the source command of told cannot tell the shards of a version apart');
  expect(await said('errors')).toContain('nothing runs in production');
  expect(await said('orders')).toContain('the plan has no metric called orders; it has errors, latency, told');
}, 90_000);
