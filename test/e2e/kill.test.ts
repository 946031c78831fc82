import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pass } from 'node:timers/promises';
import type { LaunchView } from '@slipway/contract';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runVisitors } from '../../examples/shop/visitors.ts';
import { canaryPlan, installPlan } from './support/canary-plan.ts';
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

const has = (view: LaunchView, step: string, state: string) =>
  view.phases.some((phase) => phase.steps.some((each) => each.id === step && each.state === state));

test('killed while a rollout is watched under load, it goes on to the end and no request is lost', async () => {
  const port = await freePort();
  const where = { port, instances: 2 };
  const { id: first } = await server.launch(installPlan(where));
  await server.until(first, (view) => view.state === 'completed');
  const leaving = new AbortController();
  const visits = runVisitors({ url: `http://127.0.0.1:${port}`, ratePerSecond: 60, signal: leaving.signal });
  const { id } = await server.launch(canaryPlan(where, '3s'), '2.2.0');
  await server.until(id, (view) => (view.look?.samples ?? 0) > 0);
  await server.killAndRestart();
  const ended = await server.settled(id);
  leaving.abort();
  const report = await visits;
  expect(ended).toMatchObject({ state: 'completed', environments: [{ split: [{ version: '2.2.0', weight: 100 }] }] });
  expect(report.lost).toBe(0);
  expect(Object.values(report.byVersion).reduce((sum, version) => sum + version.bad, 0)).toBe(0);
  await server.record(id);
}, 120_000);

const run = (extra: string) => `launch: run
artifact: { name: shop, version: 1.0.0 }
phases:
  - phase: change
    steps:
      - run: Write a line
        command: [node, append.mjs]
        effect: executive
        undo: { none: only a test }
${extra}      - run: Afterwards
        command: [node, --eval, '']
        effect: read-only
`;
const lines = (): number => readFileSync(join(folder, 'lines.txt'), 'utf8').trim().split('\n').length;

/** Writes its line at once and goes on until it may end: whoever dies meanwhile does not know that the line is there. */
function writeSlowCommand(): void {
  const script = `import { appendFileSync, existsSync } from 'node:fs';
appendFileSync('lines.txt', 'done\\n');
setInterval(() => existsSync('may-end') && process.exit(), 50);
`;
  writeFileSync(join(folder, 'append.mjs'), script);
  writeFileSync(
    join(folder, 'verify.mjs'),
    "import { existsSync } from 'node:fs'; process.exit(existsSync('lines.txt') ? 0 : 1);",
  );
}

async function killInTheMiddle(plan: string): Promise<string> {
  writeSlowCommand();
  const { id } = await server.launch(plan);
  const deadline = Date.now() + PATIENCE;
  const written = (): boolean => readFileSync(join(folder, 'lines.txt'), { encoding: 'utf8', flag: 'a+' }) !== '';
  while (!written() && Date.now() < deadline) await pass(20);
  await server.killAndRestart();
  writeFileSync(join(folder, 'may-end'), '');
  return id;
}

test('killed in the middle of a command that can be verified, it finds it done and does not do it twice', async () => {
  const id = await killInTheMiddle(run('        verify: [node, verify.mjs]\n'));
  const ended = await server.settled(id);
  expect(ended.state).toBe('completed');
  expect(lines()).toBe(1);
  const { events } = await server.record(id);
  expect(
    events.filter(({ event }) => event.type === 'effect-started' && event['effect'] === 'write-a-line:0.0'),
  ).toHaveLength(1);
}, 120_000);

test('killed in the middle of a command that nobody can verify, it asks a person and goes on at the answer', async () => {
  const id = await killInTheMiddle(run(''));
  const held = await server.until(id, (view) => view.state === 'held');
  expect(held.causes.join()).toContain('nobody knows whether it was done');
  expect(has(held, 'afterwards', 'waiting')).toBe(true);
  await server.api('POST', `/launches/${id}/commands`, {
    type: 'answer',
    effect: 'write-a-line:0.0',
    done: true,
    reason: 'the line is there',
  });
  expect(await server.until(id, (view) => view.endedAt !== null)).toMatchObject({ state: 'completed' });
  expect(lines()).toBe(1);
  await server.record(id);
}, 120_000);
