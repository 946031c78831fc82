import { createRedactor } from '@slipway/provider-kit';
import { expect, test } from 'vitest';
import { createEngine } from '../engine.ts';
import type { LaunchStore } from '../ports/launch-store.ts';
import { createLaunchStore } from '../store/launch-store.ts';
import { createMemoryWorld, type SqliteWorld } from '../testing/sqlite-world.ts';
import { ADA, handlersFor, LAUNCH, planOf, STEP } from '../testing/worker-world.ts';
import { COMPARE } from './unheard.ts';

const ORDER = { plan: planOf(STEP), planDigest: 'digest', directory: '/shop', actor: ADA };
const ABORT = { type: 'abort', reason: 'not today' } as const;

/** Nobody is ever told of anything. */
const DEAF = { listen: () => () => {}, broadcast: async () => {}, onBroadcast: () => () => {} };

/** One server on the database whose work never ends by itself, and what it asked the log about. */
async function openEngine(world: SqliteWorld, shared = true) {
  const queue = await world.open();
  const stored = createLaunchStore(world.database, queue);
  const asked: (readonly string[])[] = [];
  const store: LaunchStore = { ...stored, versions: async (ids) => (asked.push(ids), await stored.versions(ids)) };
  const stopped: unknown[] = [];
  const handlers = handlersFor({
    run: (_work, { signal }) =>
      new Promise((_, reject) => {
        signal.addEventListener('abort', () => (stopped.push(signal.reason), reject(new Error('it was stopped'))));
      }),
    verify: async () => ({ done: 'no' }),
    idempotent: () => false,
  });
  const { leases, clock } = world;
  const ports = { store, queue, leases, clock, handlers, redactor: createRedactor() };
  const engine = createEngine({ ...ports, ...(shared ? { changes: DEAF } : {}) });
  return { engine, asked, stopped };
}

async function pass(world: SqliteWorld, ms: number): Promise<void> {
  await world.pass(ms);
  for (let round = 0; round < 10; round += 1) await world.settle();
}

test("another process' word that nobody told of stops what runs here, and reaches whoever looks", async () => {
  await using world = await createMemoryWorld();
  const [here, there] = [await openEngine(world), await openEngine(world)];
  await here.engine.open();
  await here.engine.start(ORDER);
  await pass(world, 10);
  let told = 0;
  here.engine.listen(LAUNCH, () => (told += 1));
  await there.engine.command(LAUNCH, ABORT, ADA);
  await pass(world, 10);
  expect([here.stopped.length, told]).toEqual([0, 0]);
  await pass(world, COMPARE);
  expect(here.stopped).toHaveLength(1);
  expect(told).toBeGreaterThan(0);
});

test('whoever looks at a launch that is not in memory hears of each change once', async () => {
  await using world = await createMemoryWorld();
  const [here, there] = [await openEngine(world), await openEngine(world)];
  await here.engine.open();
  await there.engine.start(ORDER);
  const ended = await there.engine.command(LAUNCH, ABORT, ADA);
  expect(ended).toMatchObject({ ok: true, launch: { mode: { is: 'ended' } } });
  let told = 0;
  here.engine.listen(LAUNCH, () => (told += 1));
  await pass(world, COMPARE + 10);
  expect(told).toBe(1);
  await pass(world, 3 * COMPARE);
  expect(told).toBe(1);
});

test('it asks one question for all launches, none where there is nobody to tell, and none of a database of its own', async () => {
  await using world = await createMemoryWorld();
  const [shared, alone] = [await openEngine(world), await openEngine(world, false)];
  await shared.engine.open();
  await alone.engine.open();
  await pass(world, 3 * COMPARE);
  expect([shared.asked, alone.asked]).toEqual([[], []]);
  for (let count = 0; count < 3; count += 1) await shared.engine.start(ORDER);
  await pass(world, COMPARE);
  expect(shared.asked).toEqual([['shop-1', 'shop-2', 'shop-3']]);
});
