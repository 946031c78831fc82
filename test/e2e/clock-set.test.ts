import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LaunchView } from '@slipway/contract';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { OLD, startCanary } from './support/canary.ts';
import { RealServer } from './support/real-server.ts';
import { copyShop } from './support/shop.ts';

const HOUR = 3_600_000;
/** Milliseconds; no test waits for it to pass. */
const HOLD = 300_000;

let folder: string;
let server: RealServer;

beforeEach(async () => {
  folder = copyShop();
  const preload = `--import=${join(import.meta.dirname, 'support/set-clock.mjs')}`;
  server = new RealServer(folder, { NODE_OPTIONS: preload, CLOCK_OFFSET: join(folder, 'clock-offset') });
  await server.start();
});

afterEach(async () => {
  await server.stop('shop.production');
  rmSync(folder, { recursive: true, force: true });
});

const setClock = (offset: number): void => writeFileSync(join(folder, 'clock-offset'), String(offset));

test('a clock that is set by an hour, forward and back, neither ends a hold nor freezes the launch', async () => {
  const canary = await startCanary(server, `${HOLD / 1_000}s`);
  const { id } = canary;
  const lookAfter = (at: number) => (view: LaunchView) => view.look === null || view.look.at > at;
  const before = (await server.until(id, lookAfter(0))).look;

  setClock(HOUR);
  const forward = await server.until(id, lookAfter(Date.now() + HOUR / 2));
  expect(forward.look).toMatchObject({ weight: 25, hold: HOLD });
  expect(forward.look?.elapsed).toBeLessThan(HOLD);
  expect(forward.look?.elapsed).toBeGreaterThan(before?.elapsed ?? 0);

  setClock(0);
  const samples = forward.look?.samples ?? 0;
  const back = await server.until(
    id,
    (view) => (view.look?.at ?? 0) < Date.now() && (view.look?.samples ?? 0) > samples,
  );
  expect(back.look?.elapsed).toBeGreaterThan(forward.look?.elapsed ?? 0);
  expect(back.look?.elapsed).toBeLessThan(HOLD);

  await server.api('POST', `/launches/${id}/commands`, { type: 'rollback', reason: 'enough' });
  setClock(-HOUR);
  const ended = await server.until(id, (view) => view.endedAt !== null);
  expect(ended).toMatchObject({ state: 'rolled-back', environments: [{ split: [{ version: OLD, weight: 100 }] }] });
  expect((await canary.leave()).lost).toBe(0);
  await server.record(id);
}, 120_000);

const waits = (seconds: number): string => `launch: pause
artifact: { name: shop }
phases: [{ phase: pause, steps: [{ wait: Settle, for: ${seconds}s }] }]
`;

test.each([HOUR, -HOUR])(
  'a wait is as long as it says, though the clock is set by %d',
  async (by) => {
    const began = performance.now();
    const { id } = await server.launch(waits(4));
    setClock(by);
    const ended = await server.until(id, (view) => view.endedAt !== null);
    expect(ended.state).toBe('completed');
    expect(performance.now() - began).toBeGreaterThanOrEqual(4_000);
    await server.record(id);
  },
  120_000,
);

test.each([HOUR, -HOUR])(
  'neither a wait nor a hold is cut short by a death, though the clock is set by %d meanwhile',
  async (by) => {
    const began = performance.now();
    const canary = await startCanary(server, '12s');
    const { id } = await server.launch(waits(12));
    const waited = performance.now();
    await server.kill();
    setClock(by);
    await server.start();
    const holds = await server.until(canary.id, (view) => (view.look?.elapsed ?? 0) > 0);
    expect(holds.look).toMatchObject({ weight: 25 });
    const grown = await server.until(canary.id, (view) => view.endedAt !== null);
    expect(grown.state).toBe('completed');
    expect(performance.now() - began).toBeGreaterThanOrEqual(12_000);
    const ended = await server.until(id, (view) => view.endedAt !== null);
    expect(ended.state).toBe('completed');
    expect(performance.now() - waited).toBeGreaterThanOrEqual(12_000);
    expect((await canary.leave()).lost).toBe(0);
    await server.record(id);
    await server.record(canary.id);
  },
  180_000,
);
