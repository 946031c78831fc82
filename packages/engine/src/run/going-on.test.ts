import type { LaunchEvent } from '@slipway/core';
import { createRedactor } from '@slipway/provider-kit';
import { expect, test } from 'vitest';
import { createEngine, type Engine } from '../engine.ts';
import type { Handler } from '../handlers/handler.ts';
import type { Append, LaunchStore } from '../ports/launch-store.ts';
import { createLaunchStore } from '../store/launch-store.ts';
import { samplePlan } from '../testing/sample-launch.ts';
import { createMemoryWorld, type SqliteWorld } from '../testing/sqlite-world.ts';
import { ADA, handlersFor, LAUNCH, STEP } from '../testing/worker-world.ts';

const IDS = ['one', 'two', 'three'];
const PLAN = samplePlan({
  phases: [{ name: 'launch', steps: IDS }],
  steps: Object.fromEntries(
    IDS.map((id, index) => [id, { ...STEP, id, needs: IDS.slice(Math.max(0, index - 1), index) }]),
  ),
});

interface Changed {
  /** What stands between the engine and its store. */
  readonly store?: (store: LaunchStore) => LaunchStore;
  readonly run?: (step: string) => Promise<void>;
}

/** A server of three steps one behind the other: what it ran, asked after and stored. */
async function openEngine(
  world: SqliteWorld,
  { store: change = (store) => store, run = async () => {} }: Changed = {},
) {
  const queue = await world.open();
  const [ran, verified]: [string[], string[]] = [[], []];
  const appends: Append[] = [];
  const stored = createLaunchStore(world.database, queue);
  const store = change({ ...stored, append: async (append) => (appends.push(append), await stored.append(append)) });
  const command: Handler<never> = {
    run: async (_work, { effect }) => {
      ran.push(effect.step ?? '');
      await run(effect.step ?? '');
      return { evidence: { summary: 'done', items: [] }, data: { kind: 'none' } };
    },
    verify: async (_work, { effect }) => (verified.push(effect.step ?? ''), { done: 'no' }),
    idempotent: () => false,
  };
  const { leases, clock } = world;
  const ports = { store, queue, leases, clock, handlers: handlersFor(command), redactor: createRedactor() };
  const errors: unknown[] = [];
  const engine = createEngine({ ...ports, onError: (error) => errors.push(error) });
  return { engine, ran, verified, appends, errors };
}

async function settle(world: SqliteWorld): Promise<void> {
  for (let round = 0; round < 20; round += 1) await world.settle();
}

async function start(world: SqliteWorld, engine: Engine): Promise<void> {
  await engine.open();
  await engine.start({ plan: PLAN, planDigest: 'digest', directory: '/shop', actor: ADA });
  await settle(world);
}

const typesOf = (append: Append): readonly LaunchEvent['type'][] => append.events.map(({ event }) => event.type);

test('one append ends an effect and begins the next, recorded before it runs', async () => {
  await using world = await createMemoryWorld();
  const { engine, ran, verified, appends } = await openEngine(world);
  await start(world, engine);
  expect((await engine.find(LAUNCH))?.mode).toMatchObject({ is: 'ended', as: 'completed' });
  expect([ran, verified]).toEqual([IDS, []]);
  const going = appends.filter(({ goOn }) => goOn !== undefined);
  expect(going.map(({ goOn }) => [goOn?.from, goOn?.to.id])).toEqual([
    [`${LAUNCH}/one:0.0`, `${LAUNCH}/two:0.0`],
    [`${LAUNCH}/two:0.0`, `${LAUNCH}/three:0.0`],
  ]);
  for (const append of going) {
    expect(typesOf(append)[0]).toBe('effect-settled');
    expect(typesOf(append).at(-1)).toBe('effect-started');
  }
  // Started; begun; twice gone on; ended.
  expect(appends).toHaveLength(5);
  expect(await world.queued()).toEqual([]);
});

test('a process that dies in the middle leaves the effect that it went on with to be asked after, and nothing else', async () => {
  await using world = await createMemoryWorld();
  const dead = await openEngine(world, { run: (step) => (step === 'two' ? new Promise(() => {}) : Promise.resolve()) });
  await start(world, dead.engine);
  expect([dead.ran, await world.queued()]).toEqual([['one', 'two'], [`${LAUNCH}/two:0.0`]]);
  const { engine, ran, verified } = await openEngine(world);
  await engine.open();
  await settle(world);
  expect([verified, ran]).toEqual([['two'], ['two', 'three']]);
  expect((await engine.find(LAUNCH))?.mode).toMatchObject({ is: 'ended', as: 'completed' });
});

test('a shutdown lets the effect under way end, and goes on with nothing', async () => {
  await using world = await createMemoryWorld();
  const door = Promise.withResolvers<void>();
  const { engine, ran, appends } = await openEngine(world, { run: () => door.promise });
  await start(world, engine);
  const closed = engine.close(5_000);
  await settle(world);
  door.resolve();
  await settle(world);
  await closed;
  expect([ran, appends.some(({ goOn }) => goOn !== undefined)]).toEqual([['one'], false]);
  expect((await engine.find(LAUNCH))?.effects['one:0.0']).toMatchObject({ is: 'settled' });
  expect(await world.queued()).toEqual([`${LAUNCH}/two:0.0`]);
});

test('what a hold came between is not gone on with', async () => {
  await using world = await createMemoryWorld();
  const door = Promise.withResolvers<void>();
  const { engine, ran } = await openEngine(world, { run: () => door.promise });
  await start(world, engine);
  await engine.command(LAUNCH, { type: 'hold', reason: 'lunch' }, ADA);
  door.resolve();
  await settle(world);
  expect([ran, await world.queued()]).toEqual([['one'], []]);
  await engine.command(LAUNCH, { type: 'resume' }, ADA);
  await settle(world);
  expect(ran).toEqual(IDS);
});

test('an answer that was lost leaves nothing begun and forgotten: it is found and asked after', async () => {
  await using world = await createMemoryWorld();
  let lost = 0;
  const { engine, ran, verified, errors } = await openEngine(world, {
    store: (store) => ({
      ...store,
      append: async (append) => {
        await store.append(append);
        if (append.goOn !== undefined && lost++ === 0) throw new Error('the connection broke');
      },
    }),
  });
  await start(world, engine);
  expect(ran).toEqual(['one']);
  await world.pass(5_000);
  await settle(world);
  await world.pass(5_000);
  await settle(world);
  expect([verified, ran]).toEqual([['two'], IDS]);
  expect((await engine.find(LAUNCH))?.mode).toMatchObject({ is: 'ended', as: 'completed' });
  expect(errors).toHaveLength(1);
});
