import type { Command, Launch } from '@slipway/core';
import { expect, test } from 'vitest';
import { Hub } from '../live/hub.ts';
import type { LaunchStore } from '../ports/launch-store.ts';
import { createLaunchStore } from '../store/launch-store.ts';
import { StorageError } from '../store/storage-error.ts';
import { createMemoryWorld, type SqliteWorld } from '../testing/sqlite-world.ts';
import { ADA, EFFECT, LAUNCH, planOf, STEP } from '../testing/worker-world.ts';
import { Launches } from './launches.ts';

const START: Command = {
  type: 'start',
  launch: LAUNCH,
  plan: planOf(STEP),
  planDigest: 'digest',
  directory: '/shop',
};
const HOLD: Command = { type: 'hold', reason: 'lunch' };
const BEGIN: Command = { type: 'begin-effect', effect: EFFECT, again: false };
const ABORT: Command = { type: 'abort', reason: 'not today' };

/** One server process that has a memory of its own, and what it asks the log. */
async function openProcess(world: SqliteWorld, change: (store: LaunchStore) => LaunchStore = (store) => store) {
  const queue = await world.open();
  const [asked, told]: [string[], Launch[]] = [[], []];
  const store = change(createLaunchStore(world.database, queue));
  const counted: LaunchStore = {
    ...store,
    find: async (id) => (asked.push('find'), await store.find(id)),
    read: async (id, after) => (asked.push('read'), await store.read(id, after)),
  };
  const launches = new Launches({ store: counted, queue, clock: world.clock, hub: new Hub() });
  launches.onChange((launch) => told.push(launch));
  const command = async (given: Command) => await launches.execute({ launch: LAUNCH, command: given, actor: ADA });
  return { launches, command, asked, told };
}

test('what a process knows by itself it does not read back: neither to decide, nor when it hears its own word', async () => {
  await using world = await createMemoryWorld();
  const { launches, command, asked } = await openProcess(world);
  await command(START);
  asked.length = 0;
  for (const next of [BEGIN, HOLD, { type: 'tick' }] as const) expect(await command(next)).toMatchObject({ ok: true });
  for (let version = 1; version <= (launches.known(LAUNCH)?.head.seq ?? 0); version += 1)
    await launches.heard(LAUNCH, version);
  expect(asked).toEqual([]);
});

test('what a process brought to its end it does not read back when it hears its own word', async () => {
  await using world = await createMemoryWorld();
  const { launches, command, asked } = await openProcess(world);
  await command(START);
  const ended = await command(ABORT);
  asked.length = 0;
  const version = ended.ok ? ended.launch.head.seq : 0;
  await launches.heard(LAUNCH, version);
  expect([launches.active(), asked]).toEqual([[], []]);
  await launches.heard(LAUNCH, version + 1);
  expect(asked).toContain('find');
});

test('a decision on a state that is behind is not recorded: it is made again on what the log says', async () => {
  await using world = await createMemoryWorld();
  const [one, two] = [await openProcess(world), await openProcess(world)];
  await one.command(START);
  await two.launches.find(LAUNCH);
  await one.command(BEGIN);
  expect(await two.command(HOLD)).toMatchObject({ ok: true, launch: { mode: { is: 'held' } } });
  expect((await two.launches.find(LAUNCH))?.effects[EFFECT]).toMatchObject({ is: 'started', attempt: 1 });
  // One is behind now: the same effect is not begun a second time.
  expect(await one.command(BEGIN)).toMatchObject({ ok: false });
  expect((await world.store.read(LAUNCH)).filter(({ event }) => event.type === 'effect-started')).toHaveLength(1);
});

test('nothing is refused on a state that is behind', async () => {
  await using world = await createMemoryWorld();
  const [one, two] = [await openProcess(world), await openProcess(world)];
  await one.command(START);
  await two.launches.find(LAUNCH);
  await one.command(HOLD);
  expect(two.launches.known(LAUNCH)?.mode.is).toBe('running');
  expect(await two.command({ type: 'resume' })).toMatchObject({ ok: true, launch: { mode: { is: 'running' } } });
});

test('work is dropped only where the log says that nobody wants it', async () => {
  await using world = await createMemoryWorld();
  const [one, two] = [await openProcess(world), await openProcess(world)];
  await one.command(START);
  await two.launches.find(LAUNCH);
  await one.command(BEGIN);
  const late = { launch: LAUNCH, command: BEGIN, actor: ADA, complete: [`${LAUNCH}/${EFFECT}`] };
  expect(await two.launches.execute(late)).toMatchObject({ ok: false });
  expect(await world.queued()).toEqual([`${LAUNCH}/${EFFECT}`]);
});

test.each([
  ['was refused', false],
  ['was taken, and not acknowledged', true],
])('an append that failed leaves nothing in memory that the log does not have: it %s', async (_title, taken) => {
  await using world = await createMemoryWorld();
  let fails = false;
  const one = await openProcess(world, (store) => ({
    ...store,
    append: async (append) => {
      if (!fails || taken) await store.append(append);
      if (fails) throw new StorageError('input-output', 'the connection broke');
    },
  }));
  await one.command(START);
  fails = true;
  await expect(one.command(HOLD)).rejects.toThrow('the connection broke');
  fails = false;
  expect(one.launches.known(LAUNCH)).toBeNull();
  const newest = (await world.store.read(LAUNCH)).length;
  expect((await one.launches.find(LAUNCH))?.head.seq).toBe(newest);
  expect(await one.command(HOLD)).toMatchObject({ ok: !taken });
});

test.each([
  ['heard first', async () => {}],
  ['read first by somebody who looks', async (launches: Launches) => void (await launches.find(LAUNCH))],
])("another process' word is told of once: %s", async (_title, look) => {
  await using world = await createMemoryWorld();
  const [one, two] = [await openProcess(world), await openProcess(world)];
  await one.command(START);
  await two.launches.find(LAUNCH);
  two.told.length = 0;
  await one.command(BEGIN);
  await one.command(ABORT);
  await look(two.launches);
  const { seq } = (await one.launches.find(LAUNCH))?.head ?? { seq: 0 };
  await two.launches.heard(LAUNCH, seq);
  await two.launches.heard(LAUNCH, seq);
  expect(two.told.map(({ mode, head }) => [mode.is, head.seq])).toEqual([['stopping', seq]]);
});

test('a word without a version, and that of a launch nobody here knows, are looked after', async () => {
  await using world = await createMemoryWorld();
  const [one, two] = [await openProcess(world), await openProcess(world)];
  await one.command(START);
  await two.launches.heard(LAUNCH, 1);
  expect(two.told).toHaveLength(1);
  await one.command(HOLD);
  await two.launches.heard(LAUNCH);
  expect(two.told.map(({ mode }) => mode.is)).toEqual(['running', 'held']);
});

test('the end of a launch that another process wrote is told of, and forgotten', async () => {
  await using world = await createMemoryWorld();
  const [one, two] = [await openProcess(world), await openProcess(world)];
  await one.command(START);
  await two.launches.find(LAUNCH);
  await one.command(ABORT);
  const ended = await one.launches.find(LAUNCH);
  expect(ended?.mode.is).toBe('ended');
  await two.launches.heard(LAUNCH, ended?.head.seq);
  expect([two.told.at(-1)?.mode.is, two.launches.active()]).toEqual(['ended', []]);
  // Screens look at what is over as often as they like, and nobody is woken by it.
  const before = two.told.length;
  await two.launches.find(LAUNCH);
  await two.launches.find(LAUNCH);
  expect(two.told).toHaveLength(before);
});
