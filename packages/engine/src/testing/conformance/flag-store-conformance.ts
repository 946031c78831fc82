import { describe, expect, it } from 'vitest';
import type { FlagEvent } from '@slipway/flags';
import type { Database } from '../../ports/database.ts';
import type { FlagAppend, FlagStore, StoredFlagEvent } from '../../ports/flag-store.ts';
import { VersionConflict } from '../../ports/launch-store.ts';
import { sealFlagEvents } from '../../store/flag-chain.ts';
import { createFlagStore } from '../../store/flag-store.ts';
import { createEventFormat } from '../../store/event-format.ts';
import { NOW } from '../drafts.ts';
import { FLAG_START, GRACE, killings, ONE_OF_EACH_FLAG, SET } from '../flag-samples.ts';

/** Made anew for every test, and disposed of after it. */
export interface FlagStoreWorld extends AsyncDisposable {
  readonly flagStore: FlagStore;
  readonly database: Database;
}

type SetUp = () => Promise<FlagStoreWorld>;

const appendOf = (events: readonly StoredFlagEvent[], own: Partial<FlagAppend> = {}): FlagAppend => ({
  set: SET,
  expected: (events[0]?.seq ?? 1) - 1,
  events,
  ...own,
});

const all = killings(SET, 10);

/** What every store of flag sets keeps to. `setUp` is called once a test. */
export function describeFlagStoreConformance(name: string, setUp: SetUp): void {
  describe(`flag store ${name} conforms`, () => {
    readCases(setUp);
    conflictCases(setUp);
    newestCases(setUp);
    damageCases(setUp);
  });
}

function readCases(setUp: SetUp): void {
  it.each(Object.values(ONE_OF_EACH_FLAG))('gives back $type as it was', async (event) => {
    await using world = await setUp();
    const events = sealFlagEvents(SET, FLAG_START, [{ actor: GRACE, event }], NOW);
    await world.flagStore.append(appendOf(events));
    expect(await world.flagStore.read(SET)).toEqual(events);
  });

  it.each([
    [0, 10],
    [1, 9],
    [9, 1],
    [10, 0],
    [11, 0],
  ])('reads what is after %d', async (after, count) => {
    await using world = await setUp();
    await world.flagStore.append(appendOf(all.slice(0, 4)));
    await world.flagStore.append(appendOf(all.slice(4), { wayBack: true }));
    expect(await world.flagStore.read(SET, after)).toEqual(all.slice(10 - count));
  });

  it('keeps sets apart, and tells the version of each', async () => {
    await using world = await setUp();
    const other = killings('shop.staging', 3);
    await world.flagStore.append(appendOf(all));
    await world.flagStore.append(appendOf(other, { set: 'shop.staging' }));
    expect(await world.flagStore.read('shop.staging')).toEqual(other);
    expect(await world.flagStore.read('shop.test')).toEqual([]);
    expect([...(await world.flagStore.versions())]).toEqual([
      [SET, 10],
      ['shop.staging', 3],
    ]);
  });

  it('takes as many events as one decision may come to', async () => {
    await using world = await setUp();
    const many = killings(SET, 450);
    await world.flagStore.append(appendOf(many.slice(0, 200)));
    await world.flagStore.append(appendOf(many.slice(200)));
    expect(await world.flagStore.read(SET)).toEqual(many);
  });
}

function conflictCases(setUp: SetUp): void {
  it.each([
    ['a second beginning', killings(SET, 5), 0],
    ['a decision on what was before', all.slice(4, 6), 4],
    ['a decision on what is not yet', all.slice(6, 7), 6],
    ['a kill decided on what was before', all.slice(4, 6), 4, true],
  ])('refuses %s and changes nothing', async (_title, events, expected, wayBack = false) => {
    await using world = await setUp();
    await world.flagStore.append(appendOf(all.slice(0, 5)));
    await expect(world.flagStore.append(appendOf(events, { expected, wayBack }))).rejects.toThrow(VersionConflict);
    expect(await world.flagStore.read(SET)).toEqual(all.slice(0, 5));
    await world.flagStore.append(appendOf(all.slice(5)));
    expect(await world.flagStore.read(SET)).toEqual(all);
    expect((await world.flagStore.versions()).get(SET)).toBe(10);
  });

  it.each([
    ['events that leave one out', [...all.slice(5, 6), ...all.slice(7)], /does not follow/],
    ['events that do not follow', all.slice(6), /does not follow/],
    ['no events', [], /Nothing is appended/],
  ])('refuses %s', async (_title, events, says) => {
    await using world = await setUp();
    await world.flagStore.append(appendOf(all.slice(0, 5)));
    await expect(world.flagStore.append(appendOf(events, { expected: 5 }))).rejects.toThrow(says);
    expect(await world.flagStore.read(SET)).toHaveLength(5);
  });

  it.each([
    ['begin', 0],
    ['append', 5],
  ])('lets one of many at the same time %s', async (_title, expected) => {
    await using world = await setUp();
    if (expected > 0) await world.flagStore.append(appendOf(all.slice(0, expected)));
    const events = all.slice(expected, expected + 2);
    const attempts = Array.from({ length: 20 }, async () => await world.flagStore.append(appendOf(events)));
    const results = await Promise.allSettled(attempts);
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
    const reasons = results.flatMap((result) => (result.status === 'rejected' ? [result.reason as unknown] : []));
    expect(reasons.every((reason) => reason instanceof VersionConflict)).toBe(true);
    expect(await world.flagStore.read(SET)).toEqual(all.slice(0, expected + 2));
  });
}

function newestCases(setUp: SetUp): void {
  it.each([
    ['whatever it is about', { flag: null, before: null, limit: 3 }, [10, 9, 8]],
    ['before one', { flag: null, before: 3, limit: 5 }, [2, 1]],
    ['of one flag', { flag: 'f1', before: null, limit: 2 }, [8, 5]],
    ['of one flag before one', { flag: 'f1', before: 5, limit: 2 }, [2]],
    ['of a flag that there is not', { flag: 'f9', before: null, limit: 2 }, []],
  ])('gives the newest first: %s', async (_title, asked, seqs) => {
    await using world = await setUp();
    await world.flagStore.append(appendOf(all));
    await world.flagStore.append(appendOf(killings('shop.staging', 20), { set: 'shop.staging' }));
    expect((await world.flagStore.newest(SET, asked)).map(({ seq }) => seq)).toEqual(seqs);
  });
}

function damageCases(setUp: SetUp): void {
  it.each([null, 'f1'])('shows no event that was changed from outside (of flag %j)', async (flag) => {
    await using world = await setUp();
    await world.flagStore.append(appendOf(all));
    await world.database.query(`update flag_event set at = at + 1 where seq = 5`);
    expect(await world.flagStore.newest(SET, { flag, before: 5, limit: 2 })).not.toEqual([]);
    const page = world.flagStore.newest(SET, { flag, before: null, limit: 10 });
    await expect(page).rejects.toThrow(/Event 5 of flag set shop.production is not as/);
  });

  it.each([
    ['an event', `update flag_event set at = at + 1 where seq = 3`, 0, /Event 3 of flag set shop.production is not as/],
    ['an event behind what is known', `update flag_event set at = at + 1 where seq = 3`, 2, /Event 3 .* is not as/],
    ['the actor', `update flag_event set actor = '{"kind": "slipway"}' where seq = 2`, 0, /Event 2 .* is not as/],
    ['a missing event', `delete from flag_event where seq = 2`, 0, /Event 2 .* is missing/],
    ['another set', `update flag_event set payload = '{"type":"flag-removed","flag":"f1"}'`, 0, /Event 1 .* not as/],
  ])('refuses a log that was changed from outside: %s', async (_title, sql, after, message) => {
    await using world = await setUp();
    await world.flagStore.append(appendOf(all));
    await world.database.query(sql);
    const error = { name: 'StorageError', code: 'damaged', message: expect.stringMatching(message) };
    await expect(world.flagStore.read(SET, after)).rejects.toMatchObject(error);
  });

  it('refuses events of another set, though their chain holds', async () => {
    await using world = await setUp();
    await world.flagStore.append(appendOf(all, { set: 'shop.staging' }));
    await expect(world.flagStore.read('shop.staging')).rejects.toMatchObject({ code: 'damaged' });
  });

  it('refuses an event of a later Slipway, and lifts one of an earlier one', async () => {
    await using world = await setUp();
    const events: Record<FlagEvent['type'], number> = { ...emptyFormats(), 'flag-killed': 2 };
    const later = createEventFormat<FlagEvent>(events, {
      'flag-killed@1': (written) => ({ ...written, reason: 'of old', v: 2 }),
    });
    await world.flagStore.append(appendOf(all));
    const lifted = await createFlagStore(world.database, later).read(SET);
    expect(lifted.every(({ event }) => event.type === 'flag-killed' && event.reason === 'of old')).toBe(true);
    const older = createFlagStore(world.database, createEventFormat<FlagEvent>({}, {}));
    await expect(older.read(SET)).rejects.toMatchObject({ code: 'unknown-event' });
  });
}

function emptyFormats(): Record<FlagEvent['type'], number> {
  return Object.fromEntries(Object.keys(ONE_OF_EACH_FLAG).map((type) => [type, 1])) as Record<
    FlagEvent['type'],
    number
  >;
}
