import { afterEach, beforeEach, expect, test } from 'vitest';
import { freePort, type RealServer } from './support/real-server.ts';
import { openShop, type Shop } from './support/shop.ts';

const [OLDEST, OLD, NEW] = ['1.0.0', '2.1.0', '2.2.0'];

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

/** `build`: which release really runs as a version. */
const plan = (name: string, build: string, step: string) => `launch: ${name}
artifact: { name: shop }
environments:
  production:
    tier: production
    target: { process: { command: [node, server.ts], env: { SHOP_VERSION: '${build}' }, instances: 2 } }
    router: { builtin: { listen: ${port} } }
    identity: { path: /healthz, json: $.version }
metrics: { errors: { from: router, ratio: server-errors } }
phases:
  - phase: production
    steps:
      ${step}
`;

const ROLLOUT = `- rollout: production
        strategy: canary
        while: ['errors.new < 0.5']
        min-samples: 0
        steps: [{ weight: 25, hold: 3s }, { weight: 100, hold: 2s }]`;

/** Rolls the next version out, as which that build runs, while a visitor comes again and again. */
async function rollOut(build: string) {
  const { id: first } = await server.launch(plan('first', OLDEST, '- deploy: production'), OLDEST);
  await server.settled(first);
  const leaving = new AbortController();
  const visits = visit(leaving.signal);
  const { id } = await server.launch(plan('next', build, ROLLOUT), NEW);
  const view = await server.settled(id);
  leaving.abort();
  await visits;
  return { view, record: JSON.stringify(await server.record(id)) };
}

async function visit(leaving: AbortSignal): Promise<void> {
  while (!leaving.aborted) await (await fetch(`http://127.0.0.1:${port}/`)).text();
}

test('a new version that answers as the new version passes, and the record says so', async () => {
  const { view, record } = await rollOut(NEW);
  expect(view.state).toBe('completed');
  const item = { asked: 'whether the instances answer as 2.2.0', expected: 'yes', found: '2 instances do' };
  expect(record).toContain(JSON.stringify({ ...item, verdict: 'pass' }));
}, 90_000);

test('a new version that is an old build is held, and the launch says which', async () => {
  const { view, record } = await rollOut(OLD);
  expect(view.state).toBe('held');
  const sentence = /instance [12] of 2\.2\.0 answers as 2\.1\.0: what is measured is not the new version/;
  expect(view.causes.join()).toMatch(sentence);
  expect(record).toMatch(sentence);
  expect(record).toContain('telemetry-broken');
}, 90_000);
