import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { freePort, type RealServer } from './support/real-server.ts';
import { openShop, type Shop } from './support/shop.ts';

const [OLD, NEW] = ['1.0.0', '2.2.0'];

let shop: Shop;
let server: RealServer;
let port: number;

beforeEach(async () => {
  shop = await openShop();
  ({ server } = shop);
  port = await freePort();
});

afterEach(async () => {
  await shop.close();
});

/** What the team's own program says that a version takes. */
const takes = (version: string, megabytes: number): void =>
  writeFileSync(join(shop.folder, `memory-${version}.json`), JSON.stringify({ memory: megabytes }));

const plan = (name: string, step: string) => `launch: ${name}
artifact: { name: shop }
environments:
  production:
    tier: production
    target: { process: { command: [node, server.ts], env: { SHOP_VERSION: '{{ artifact.version }}' } } }
    router: { builtin: { listen: ${port} } }
metrics:
  memory: { from: command, argv: [cat, 'memory-{version}.json'], value: memory, unit: MB }
phases:
  - phase: production
    steps:
      ${step}
`;

/** Rolls the next version out; it takes `later` megabytes from the first look on. */
async function rollOut(later: number, hold: string) {
  const { id: first } = await server.launch(plan('first', '- deploy: production'), OLD);
  await server.settled(first);
  takes(OLD, 100);
  takes(NEW, 120);
  const rollout = `- rollout: production
        strategy: canary
        while: ['memory.new < 1.5 * memory.old']
        min-samples: 0
        steps: [{ weight: 25, hold: ${hold} }, { weight: 100, hold: 1s }]`;
  const { id } = await server.launch(plan('next', rollout), NEW);
  const { look } = await server.until(id, (view) => view.look !== null && view.look.standing === 'healthy');
  takes(NEW, later);
  const view = await server.settled(id);
  const answer = await fetch(`http://127.0.0.1:${port}/healthz`);
  return { look, view, serving: answer.headers.get('x-shop-version'), record: await server.record(id) };
}

test('a version whose gauge stays within its limit goes on, and the record says what nobody knows', async () => {
  const { look, view, serving, record } = await rollOut(140, '3s');
  expect(look).toMatchObject({
    samples: null,
    exposure: null,
    metrics: [{ name: 'memory', unit: { gauge: 'MB' }, new: 120, old: 100 }],
  });
  expect([view.state, serving]).toEqual(['completed', NEW]);
  expect(JSON.stringify(record)).toContain('nobody knows how many requests 2.2.0 answered');
}, 90_000);

test('a version whose gauge goes over its limit is taken back', async () => {
  const { view, serving, record } = await rollOut(151, '10m');
  expect([view.state, serving]).toEqual(['rolled-back', OLD]);
  expect(JSON.stringify(record)).toContain('memory: 151 on 2.2.0 against 100 on 1.0.0');
}, 90_000);
