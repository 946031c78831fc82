import { describe, expect, it } from 'vitest';
import { type Append, type LaunchStore, type StoredEvent, VersionConflict } from '../../ports/launch-store.ts';
import type { Leases } from '../../ports/leases.ts';
import type { Work } from '../../ports/work-queue.ts';
import { sealEvents } from '../../store/chain.ts';
import { NOW, ONE_OF_EACH, PERSON, START, steps } from '../drafts.ts';

/** Made anew for every test, and disposed of after it. */
export interface LaunchStoreWorld extends AsyncDisposable {
  readonly store: LaunchStore;
  readonly leases: Leases;
  /** Ids of the work that waits, in any order. */
  readonly queued: () => Promise<readonly string[]>;
}

const LAUNCH = 'shop-1';

const appendOf = (events: readonly StoredEvent[], own: Partial<Append> = {}): Append => ({
  launch: LAUNCH,
  name: 'shop',
  expected: (events[0]?.seq ?? 1) - 1,
  events,
  enqueue: [],
  complete: [],
  active: true,
  release: false,
  ...own,
});

const work = (id: string): Work => ({ id, launch: LAUNCH, effect: null, dueAt: NOW });

const all = steps(LAUNCH, 10);

/** Everything that an append can change. */
const lookAt = async ({ store, leases, queued }: LaunchStoreWorld) => ({
  events: await store.read(LAUNCH),
  row: await store.find(LAUNCH),
  queued: (await queued()).toSorted(),
  lease: await leases.acquire('production', 'other-1', { now: NOW, ttl: 1_000 }),
});

/** What every launch store keeps to. `setUp` is called once a test. */
export function describeLaunchStoreConformance(name: string, setUp: () => Promise<LaunchStoreWorld>): void {
  describe(`launch store ${name} conforms`, () => {
    readCases(setUp);
    rowCases(setUp);
    conflictCases(setUp);
    togetherCases(setUp);
  });
}

function readCases(setUp: () => Promise<LaunchStoreWorld>): void {
  it.each(Object.values(ONE_OF_EACH))('gives back $type as it was', async (event) => {
    await using world = await setUp();
    const events = sealEvents(LAUNCH, START, [{ actor: PERSON, event }], NOW);
    await world.store.append(appendOf(events));
    expect(await world.store.read(LAUNCH)).toEqual(events);
  });

  it.each([
    [0, 10],
    [1, 9],
    [9, 1],
    [10, 0],
    [11, 0],
  ])('reads what is after %d', async (after, count) => {
    await using world = await setUp();
    await world.store.append(appendOf(all.slice(0, 4)));
    await world.store.append(appendOf(all.slice(4)));
    expect(await world.store.read(LAUNCH, after)).toEqual(all.slice(10 - count));
  });

  it('knows nothing of an unknown launch', async () => {
    await using world = await setUp();
    await world.store.append(appendOf(all));
    expect(await world.store.read('shop-2')).toEqual([]);
    expect(await world.store.find('shop-2')).toBeNull();
    expect(await world.store.count('sho')).toBe(0);
  });

  it('keeps launches apart', async () => {
    await using world = await setUp();
    const other = steps('shop-2', 3);
    await world.store.append(appendOf(all));
    await world.store.append(appendOf(other, { launch: 'shop-2' }));
    expect(await world.store.read('shop-2')).toEqual(other);
    expect(await world.store.read(LAUNCH)).toEqual(all);
  });
}

function rowCases(setUp: () => Promise<LaunchStoreWorld>): void {
  it('keeps the row of a launch: version and activity move, the rest stays', async () => {
    await using world = await setUp();
    await world.store.append(appendOf(all.slice(0, 2)));
    const row = { id: LAUNCH, name: 'shop', version: 2, active: true, startedAt: NOW };
    expect(await world.store.find(LAUNCH)).toEqual(row);
    await world.store.append(appendOf(all.slice(2, 3), { active: false }));
    expect(await world.store.find(LAUNCH)).toEqual({ ...row, version: 3, active: false });
    await world.store.append(appendOf(all.slice(3), { active: true }));
    expect(await world.store.find(LAUNCH)).toEqual({ ...row, version: 10 });
  });

  it('lists the newest first, and counts by name', async () => {
    await using world = await setUp();
    const started = [
      ['shop-1', 'shop', 1],
      ['blog-1', 'blog', 3],
      ['shop-2', 'shop', 2],
    ] as const;
    for (const [launch, name, at] of started) {
      const drafts = [{ actor: PERSON, event: ONE_OF_EACH.resumed }];
      await world.store.append(appendOf(sealEvents(launch, START, drafts, NOW + at), { launch, name }));
    }
    expect((await world.store.list()).map((row) => row.id)).toEqual(['blog-1', 'shop-2', 'shop-1']);
    expect([await world.store.count('shop'), await world.store.count('blog')]).toEqual([2, 1]);
  });

  it('lists what is under way, newest first', async () => {
    await using world = await setUp();
    for (const [number, active] of [true, false, true].entries()) {
      const launch = `shop-${number}`;
      const drafts = [{ actor: PERSON, event: ONE_OF_EACH.resumed }];
      await world.store.append(appendOf(sealEvents(launch, START, drafts, NOW + number), { launch, active }));
    }
    expect((await world.store.listActive()).map((row) => row.id)).toEqual(['shop-2', 'shop-0']);
    await world.store.append(appendOf([], { launch: 'shop-2', expected: 1, active: false }));
    expect(await world.store.listActive()).toEqual([await world.store.find('shop-0')]);
  });

  it('takes an append without events: only work and activity change', async () => {
    await using world = await setUp();
    await world.store.append(appendOf(all, { enqueue: [work('a')] }));
    await world.store.append(appendOf([], { expected: 10, complete: ['a'], active: false }));
    expect(await world.store.find(LAUNCH)).toMatchObject({ version: 10, active: false });
    expect(await world.queued()).toEqual([]);
  });
}

function conflictCases(setUp: () => Promise<LaunchStoreWorld>): void {
  const change = { enqueue: [work('new')], complete: ['old'], active: false, release: true };
  const five = steps(LAUNCH, 5);
  it.each([
    ['a second start', five, 0],
    ['a decision on what was before', all.slice(4, 6), 4],
    ['a decision on what is not yet', all.slice(6, 7), 6],
    ['no events, on what was before', [], 4],
  ])('refuses %s and changes nothing', async (_title, events, expected) => {
    await using world = await setUp();
    await world.store.append(appendOf(all.slice(0, 5), { enqueue: [work('old')] }));
    await world.leases.acquire('production', LAUNCH, { now: NOW, ttl: 10_000 });
    const before = await lookAt(world);
    await expect(world.store.append(appendOf(events, { ...change, expected }))).rejects.toThrow(VersionConflict);
    expect(await lookAt(world)).toEqual(before);
    await world.store.append(appendOf(all.slice(5)));
    expect(await world.store.read(LAUNCH)).toEqual(all);
  });

  it('refuses to go on with a launch that is not there', async () => {
    await using world = await setUp();
    await expect(world.store.append(appendOf(all.slice(3)))).rejects.toThrow(VersionConflict);
    expect(await world.store.list()).toEqual([]);
  });

  it.each([
    ['events that leave one out', [...all.slice(5, 6), ...all.slice(7)], 5],
    ['events that do not follow', all.slice(6), 5],
    ['events twice', [...all.slice(5, 6), ...all.slice(5, 6)], 5],
  ])('refuses %s', async (_title, events, expected) => {
    await using world = await setUp();
    await world.store.append(appendOf(all.slice(0, 5)));
    await expect(world.store.append(appendOf(events, { expected }))).rejects.toThrow(/does not follow/);
    expect(await world.store.read(LAUNCH)).toHaveLength(5);
  });

  it('refuses a launch without an event', async () => {
    await using world = await setUp();
    await expect(world.store.append(appendOf([], { expected: 0 }))).rejects.toThrow(/without an event/);
    expect(await world.store.list()).toEqual([]);
  });

  it.each([
    ['start', 0],
    ['append', 5],
  ])('lets one of many at the same time %s', async (_title, expected) => {
    await using world = await setUp();
    if (expected > 0) await world.store.append(appendOf(all.slice(0, expected)));
    const attempts = Array.from({ length: 20 }, async () => {
      await world.store.append(appendOf(all.slice(expected, expected + 2)));
    });
    const results = await Promise.allSettled(attempts);
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
    const reasons = results.flatMap((result) => (result.status === 'rejected' ? [result.reason as unknown] : []));
    expect(reasons.every((reason) => reason instanceof VersionConflict)).toBe(true);
    expect(await world.store.read(LAUNCH)).toEqual(all.slice(0, expected + 2));
  });
}

function togetherCases(setUp: () => Promise<LaunchStoreWorld>): void {
  it.each([
    ['enqueues', { enqueue: [work('new'), work('newer')] }, ['new', 'newer', 'old']],
    ['enqueues what is there once', { enqueue: [work('old'), work('old')] }, ['old']],
    ['completes', { complete: ['old'] }, []],
    ['completes what is not there', { complete: ['none'] }, ['old']],
    ['completes and enqueues', { complete: ['old'], enqueue: [work('new')] }, ['new']],
    ['keeps what it both completes and wants again', { complete: ['old'], enqueue: [work('old')] }, ['old']],
  ])('%s in the same transaction', async (_title, own, expected) => {
    await using world = await setUp();
    await world.store.append(appendOf(all.slice(0, 1), { enqueue: [work('old')] }));
    await world.store.append(appendOf(all.slice(1), own));
    expect((await world.queued()).toSorted()).toEqual(expected);
  });

  it('appends, enqueues and completes as many as one decision may come to', async () => {
    await using world = await setUp();
    const many = steps(LAUNCH, 250);
    const ids = Array.from({ length: 250 }, (_, index) => `w${index}`);
    await world.store.append(appendOf(many.slice(0, 240), { enqueue: ids.map(work) }));
    expect((await world.queued()).toSorted()).toEqual(ids.toSorted());
    await world.store.append(appendOf(many.slice(240), { complete: ids }));
    expect([await world.store.read(LAUNCH), await world.queued()]).toEqual([many, []]);
  });

  it.each([
    [true, true],
    [false, false],
  ])('gives back the environments of the launch, and no others: release %s', async (release, free) => {
    await using world = await setUp();
    const time = { now: NOW, ttl: 10_000 };
    for (const environment of ['staging', 'production']) await world.leases.acquire(environment, LAUNCH, time);
    await world.leases.acquire('backstage', 'blog-1', time);
    await world.store.append(appendOf(all, { release }));
    const heldOf = async (environment: string) => (await world.leases.acquire(environment, 'shop-2', time)).held;
    expect([await heldOf('staging'), await heldOf('production'), await heldOf('backstage')]).toEqual([
      free,
      free,
      false,
    ]);
  });

  it.each<[string, Partial<Append>, 'a ring' | 'waits' | 'held']>([
    ['goes on', {}, 'a ring'],
    ['turns back', { wayBack: true }, 'waits'],
    ['ends', { release: true }, 'held'],
  ])('what the launch waits for in a ring, when it %s', async (_title, own, expected) => {
    await using world = await setUp();
    const ask = (environment: string, launch: string) =>
      world.leases.acquire(environment, launch, { now: NOW, ttl: 10_000 });
    await world.store.append(appendOf(all.slice(0, 1)));
    await world.store.append(appendOf(steps('shop-2', 1), { launch: 'shop-2' }));
    await ask('staging', LAUNCH);
    await ask('production', 'shop-2');
    await ask('production', LAUNCH);
    await world.store.append(appendOf(all.slice(1), own));
    const told = await ask('staging', 'shop-2');
    expect(told.held ? 'held' : told.deadlock.length > 0 ? 'a ring' : 'waits').toBe(expected);
  });
}
