import { RetryableError, TerminalError } from '@slipway/provider-kit';
import { expect, test } from 'vitest';
import type { LaunchStore } from '../ports/launch-store.ts';
import { sealEvents } from '../store/chain.ts';
import { StorageError } from '../store/storage-error.ts';
import { NOW, ONE_OF_EACH, PERSON, START } from '../testing/drafts.ts';
import { samplePlan, startedLaunch } from '../testing/sample-launch.ts';
import { createMemoryWorld } from '../testing/sqlite-world.ts';
import { pastLaunchesFor, type PastLaunchStore } from './past-launches.ts';

const own = startedLaunch(samplePlan(), 'shop-2');

/** Started, held and resumed. */
async function put(store: LaunchStore, launch: string, at = NOW): Promise<string> {
  const begun = { ...ONE_OF_EACH['launch-started'], launch, plan: samplePlan() };
  const held = { type: 'held', cause: { kind: 'person', reason: 'lunch' } } as const;
  const drafts = [begun, held, { type: 'resumed' } as const].map((event) => ({ actor: PERSON, event }));
  const events = sealEvents(launch, START, drafts, at);
  await store.append({
    launch,
    name: launch.slice(0, launch.lastIndexOf('-')),
    expected: 0,
    events,
    enqueue: [],
    complete: [],
    active: false,
    release: false,
  });
  return events.at(-1)?.hash ?? '';
}

test('lists every launch but the own one, the newest first', async () => {
  await using world = await createMemoryWorld();
  for (const [index, id] of ['shop-1', 'blog-1', 'shop-2'].entries()) await put(world.store, id, NOW + index);
  const launches = pastLaunchesFor(own, world.store);
  expect(launches.own).toEqual({ id: 'shop-2', artifact: own.plan.artifact, planDigest: '' });
  expect(await launches.list()).toEqual([
    { id: 'blog-1', plan: 'blog' },
    { id: 'shop-1', plan: 'shop' },
  ]);
});

test('reads a record that is whole', async () => {
  await using world = await createMemoryWorld();
  const hash = await put(world.store, 'shop-1');
  const read = await pastLaunchesFor(own, world.store).read('shop-1');
  expect(read).toMatchObject({ ok: true, launch: { id: 'shop-1', incidents: ['hold'], head: { seq: 3, hash } } });
});

test.each([
  ['changed', `update event set payload = replace(payload, 'lunch', 'dinner') where seq = 2`, /not as it was written/],
  ['taken out', 'delete from event where seq = 2', /missing or out of order/],
  ['cut off', 'delete from event where seq = 3', /its newest events are gone: 2 of 3 are there/],
  ['emptied', 'delete from event', /its newest events are gone: 0 of 3/],
  ['a type that nobody knows', `update event set type = 'unheard-of' where seq = 3`, /./],
])('believes nothing of a record that was %s', async (_name, sql, problem) => {
  await using world = await createMemoryWorld();
  await put(world.store, 'shop-1');
  await world.database.query(sql);
  const read = await pastLaunchesFor(own, world.store).read('shop-1');
  expect(read).toEqual({ ok: false, problem: expect.stringMatching(problem) });
});

test('believes nothing of a record that cannot be told in order, and leaves the others readable', async () => {
  await using world = await createMemoryWorld();
  const drafts = [{ actor: PERSON, event: { type: 'resumed' } as const }];
  const events = sealEvents('shop-1', START, drafts, NOW);
  const store: PastLaunchStore = {
    list: () => world.store.list(),
    find: async () => ({ id: 'shop-1', name: 'shop', version: 1, active: false, startedAt: NOW }),
    read: async () => events,
  };
  expect(await pastLaunchesFor(own, store).read('shop-1')).toMatchObject({ ok: false });
});

test('says that there is no such launch', async () => {
  await using world = await createMemoryWorld();
  expect(await pastLaunchesFor(own, world.store).read('shop-7')).toEqual({
    ok: false,
    problem: 'there is no such launch',
  });
});

test('may be asked again where the storage does not answer', async () => {
  const fail = () => Promise.reject(new StorageError('input-output', 'the disk does not answer'));
  const store: PastLaunchStore = { list: fail, find: fail, read: fail };
  const launches = pastLaunchesFor(own, store);
  await expect(launches.list()).rejects.toThrow(
    new RetryableError('the records of launches cannot be read: the disk does not answer'),
  );
  await expect(launches.read('shop-1')).rejects.toThrow(RetryableError);
});

test('cannot be asked of a server that keeps none', async () => {
  await expect(pastLaunchesFor(own, undefined).list()).rejects.toThrow(TerminalError);
});
