import { expect, it, vi } from 'vitest';
import { findPostgres, startPostgres } from '../../../../scripts/servers/postgres.ts';
import { createSystemClock } from '../clock/system-clock.ts';
import { COMPARE } from '../launches/unheard.ts';
import type { Changes } from '../ports/changes.ts';
import type { Clock } from '../ports/clock.ts';
import type { Database } from '../ports/database.ts';
import { createFlagStore } from '../store/flag-store.ts';
import { createPostgresChanges } from '../store/postgres/postgres-changes.ts';
import { openPostgresDatabase } from '../store/postgres/postgres-database.ts';
import { define, GRACE, kill, SET } from '../testing/flag-samples.ts';
import { createSet, type FlagServer, openFlags, variantOf } from '../testing/flags-world.ts';
import { createTestDatabase, describeOnPostgres } from '../testing/test-postgres.ts';

const PATIENCE = { timeout: 20_000, interval: 5 };
const order = { set: SET, command: kill('basket'), actor: GRACE };

interface Process extends AsyncDisposable, FlagServer {
  readonly database: Database;
}

/** A process of its own as far as the database goes. `compares`: false: what it hears of, it was told. */
async function processOn(url: string, { compares = true, hears = true } = {}): Promise<Process> {
  const system = createSystemClock();
  const sleep: Clock['sleep'] = (ms, signal) => system.sleep(ms === COMPARE ? Infinity : ms, signal);
  const clock = compares ? system : { ...system, sleep };
  const database = await openPostgresDatabase(url, { connections: 4 });
  const changes = await createPostgresChanges(url, system);
  const deaf: Pick<Changes, 'publish' | 'listen'> = { publish: () => {}, listen: () => () => {} };
  const server = await openFlags(createFlagStore(database), clock, hears ? changes : deaf);
  const close = async (): Promise<void> => {
    await server.flags.close();
    await changes.close();
    await database.close();
  };
  return { ...server, database, [Symbol.asyncDispose]: close };
}

async function typesOf({ flags }: FlagServer): Promise<readonly string[]> {
  const events = await flags.history(SET, { flag: null, before: null, limit: 100 });
  return events.map(({ event }) => event.type).toReversed();
}

describeOnPostgres('flags of several servers on one PostgreSQL', () => {
  it('are heard of by notice', async () => {
    await using place = await createTestDatabase();
    await using one = await processOn(place.url);
    await using two = await processOn(place.url, { compares: false });
    await createSet(one.flags);
    await one.flags.execute({ ...order, command: define('basket') });
    await vi.waitFor(() => expect(variantOf(two.flags, 'basket')).toBe('on'), PATIENCE);
    await one.flags.execute(order);
    await vi.waitFor(() => expect(two.flags.find(SET)?.head).toBe(one.flags.find(SET)?.head), PATIENCE);
    expect(variantOf(two.flags, 'basket')).toBe('off');
  });

  it('are found by comparing where a notice is lost', async () => {
    await using place = await createTestDatabase();
    await using one = await processOn(place.url);
    await using two = await processOn(place.url, { hears: false });
    await createSet(one.flags);
    await one.flags.execute({ ...order, command: define('basket') });
    await vi.waitFor(() => expect(variantOf(two.flags, 'basket')).toBe('on'), PATIENCE);
  });

  it('are killed at once by both, and the log says it once', async () => {
    await using place = await createTestDatabase();
    await using one = await processOn(place.url);
    await using two = await processOn(place.url, { hears: false });
    await createSet(one.flags);
    await one.flags.execute({ ...order, command: define('basket') });
    const both = [one, two];
    const kills = await Promise.all(both.map(({ flags }) => flags.execute(order)));
    expect(kills.map((done) => done.ok && done.version)).toEqual([3, 3]);
    expect(both.map(({ flags }) => variantOf(flags, 'basket'))).toEqual(['off', 'off']);
    expect(await typesOf(two)).toEqual(['set-created', 'flag-defined', 'flag-killed']);
  });

  it('are changed by many at a time, and none is lost', async () => {
    await using place = await createTestDatabase();
    await using one = await processOn(place.url);
    await using two = await processOn(place.url, { hears: false });
    await createSet(one.flags);
    const names = Array.from({ length: 20 }, (_, index) => `flag-${index}`);
    const execute = async (name: string, index: number) =>
      await (index % 2 === 0 ? one : two).flags.execute({ ...order, command: define(name) });
    await Promise.all(names.map(execute));
    await vi.waitFor(() => expect(two.flags.find(SET)?.evaluator.flags.size).toBe(20), PATIENCE);
    await vi.waitFor(() => expect(one.flags.find(SET)?.head).toBe(two.flags.find(SET)?.head), PATIENCE);
    expect(await typesOf(one)).toHaveLength(21);
  });

  it('are changed once when a time comes to all of them', async () => {
    await using place = await createTestDatabase();
    await using one = await processOn(place.url);
    await using two = await processOn(place.url);
    await createSet(one.flags);
    await one.flags.execute({ ...order, command: define('basket') });
    const scheduled = {
      id: 's1',
      flag: 'basket',
      at: Date.now() + 300,
      change: { kind: 'kill', reason: 'end' },
    } as const;
    const change = { kind: 'schedule', scheduled: [scheduled] } as const;
    await one.flags.execute({ ...order, command: { type: 'change', id: 's1', change, reason: 'planned' } });
    const killed = [one, two].map(({ flags }) =>
      vi.waitFor(() => expect(variantOf(flags, 'basket')).toBe('off'), PATIENCE),
    );
    await Promise.all(killed);
    const types = ['set-created', 'flag-defined', 'change-scheduled', 'schedule-done', 'flag-killed'];
    expect(await typesOf(one)).toEqual(types);
    expect(await typesOf(two)).toEqual(types);
  });
});

const programs = findPostgres();

it.skipIf(programs === null)(
  'a server that crashes is served without, and takes the kill when it is back (needs PostgreSQL 15 installed)',
  async () => {
    await using server = await startPostgres(programs ?? '');
    await using one = await processOn(server.url);
    await createSet(one.flags);
    await one.flags.execute({ ...order, command: define('basket') });

    await server.crash();
    await expect(one.flags.execute(order)).rejects.toMatchObject({ name: 'StorageError' });
    expect([variantOf(one.flags, 'basket'), one.flags.pendingKills().length]).toEqual(['off', 1]);
    await vi.waitFor(() => expect(one.flags.staleSince()).not.toBeNull(), PATIENCE);

    await server.restart();
    await vi.waitFor(() => expect([one.flags.pendingKills(), one.flags.staleSince()]).toEqual([[], null]), PATIENCE);
    await using two = await processOn(server.url);
    expect([variantOf(two.flags, 'basket'), two.flags.find(SET)?.head]).toEqual(['off', one.flags.find(SET)?.head]);
    expect(await typesOf(two)).toEqual(['set-created', 'flag-defined', 'flag-killed']);
  },
  90_000,
);

it.skipIf(programs === null)(
  'a server that stands still is not waited for by a kill (needs PostgreSQL 15 installed)',
  async () => {
    await using server = await startPostgres(programs ?? '');
    await using one = await processOn(server.url);
    await createSet(one.flags);
    await one.flags.execute({ ...order, command: define('basket') });
    await server.freeze();
    const killing = one.flags.execute(order);
    await vi.waitFor(() => expect(variantOf(one.flags, 'basket')).toBe('off'), { timeout: 4_000, interval: 5 });
    await vi.waitFor(() => expect(one.flags.staleSince()).not.toBeNull(), PATIENCE);
    await server.thaw();
    expect(await killing).toMatchObject({ ok: true });
    await vi.waitFor(() => expect([one.flags.pendingKills(), one.flags.staleSince()]).toEqual([[], null]), PATIENCE);
    expect(await typesOf(one)).toEqual(['set-created', 'flag-defined', 'flag-killed']);
  },
  90_000,
);
