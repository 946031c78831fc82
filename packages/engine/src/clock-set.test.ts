import { createRedactor, RetryableError } from '@slipway/provider-kit';
import { expect, test } from 'vitest';
import { createEngine, type Engine } from './engine.ts';
import { createLaunchStore } from './store/launch-store.ts';
import { samplePlan, sampleWait } from './testing/sample-launch.ts';
import { createMemoryWorld, type SqliteWorld } from './testing/sqlite-world.ts';
import { ADA, handlersFor, planOf, STEP } from './testing/worker-world.ts';

const HOUR = 3_600_000;
/** Within which a set clock is noticed, in milliseconds. */
const NOTICED = 16_000;

test.each([HOUR, -HOUR])('a launch that waits to try again goes on, though the clock is set by %d', async (by) => {
  await using world = await createMemoryWorld();
  const queue = await world.open();
  const { leases, clock, database } = world;
  let runs = 0;
  const handlers = handlersFor({
    run: async () => {
      runs += 1;
      if (runs === 1) throw new RetryableError('not yet');
      return { evidence: { summary: 'done', items: [] }, data: { kind: 'none' } };
    },
    verify: () => Promise.reject(new Error('nobody asks')),
    idempotent: () => false,
  });
  const store = createLaunchStore(database, queue);
  const engine = createEngine({ store, queue, leases, clock, handlers, redactor: createRedactor() });
  await engine.open();
  await engine.start({ plan: planOf(STEP), planDigest: 'digest', directory: '/shop', actor: ADA });
  for (let round = 0; round < 20; round += 1) await world.settle();
  expect(runs).toBe(1);
  clock.set(by);
  await world.pass(NOTICED);
  for (let round = 0; round < 20; round += 1) await world.settle();
  expect(runs).toBe(2);
  expect((await engine.find('shop-1'))?.mode).toMatchObject({ is: 'ended', as: 'completed' });
  const closed = engine.close(0);
  await world.pass(1_000);
  await closed;
});

const MINUTE = 60_000;
const PAUSE = sampleWait(5 * MINUTE);

/** One server process after another on the same database and the same clock. */
async function openEngine(world: SqliteWorld): Promise<Engine> {
  const { database, clock, leases } = world;
  const queue = await world.open();
  const handlers = handlersFor({
    run: () => Promise.reject(new Error('nobody asks')),
    verify: () => Promise.reject(new Error('nobody asks')),
    idempotent: () => false,
  });
  const store = createLaunchStore(database, queue);
  const engine = createEngine({ store, queue, leases, clock, handlers, redactor: createRedactor() });
  await engine.open();
  return engine;
}

async function pass(world: SqliteWorld, ms: number): Promise<void> {
  for (let left = ms; left > 0; left -= MINUTE / 2) {
    await world.pass(Math.min(left, MINUTE / 2));
    for (let round = 0; round < 10; round += 1) await world.settle();
  }
}

async function close(world: SqliteWorld, engine: Engine): Promise<void> {
  const closed = engine.close(0);
  await world.pass(1_000);
  await closed;
}

const pausePlan = samplePlan({ phases: [{ name: 'launch', steps: ['pause'] }], steps: { pause: PAUSE } });
const order = { plan: pausePlan, planDigest: 'digest', directory: '/shop', actor: ADA };

test.each([HOUR, -HOUR, 0])('a wait of five minutes takes five, though the clock is set by %d', async (by) => {
  await using world = await createMemoryWorld();
  const engine = await openEngine(world);
  await engine.start(order);
  await pass(world, MINUTE);
  world.clock.set(by);
  await pass(world, 3.8 * MINUTE);
  expect((await engine.find('shop-1'))?.mode.is).toBe('running');
  await pass(world, 0.2 * MINUTE + NOTICED);
  expect((await engine.find('shop-1'))?.mode).toMatchObject({ is: 'ended', as: 'completed' });
  // Counting now and then is all that it costs: nothing goes round in circles.
  expect((await engine.events('shop-1')).length).toBeLessThan(30);
  await close(world, engine);
});

test.each([HOUR, -HOUR, 0])(
  'a wait is not made shorter by a death, though the clock is set by %d meanwhile',
  async (by) => {
    await using world = await createMemoryWorld();
    const first = await openEngine(world);
    await first.start(order);
    await pass(world, 2 * MINUTE);
    await close(world, first);
    world.clock.set(by);
    const second = await openEngine(world);
    await pass(world, 2.8 * MINUTE);
    expect((await second.find('shop-1'))?.mode.is).toBe('running');
    await pass(world, 0.8 * MINUTE);
    expect((await second.find('shop-1'))?.mode).toMatchObject({ is: 'ended', as: 'completed' });
    await close(world, second);
  },
);
