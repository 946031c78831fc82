import { describe, expect, it } from 'vitest';
import { COMPARE } from '../launches/unheard.ts';
import { StorageError } from '../store/storage-error.ts';
import { define, GRACE, kill, SET } from '../testing/flag-samples.ts';
import { createSet, type FlagServer, openFlags, settle, variantOf } from '../testing/flags-world.ts';
import { createMemoryWorld, type SqliteWorld } from '../testing/sqlite-world.ts';
import { PATIENCE } from './kills.ts';

const order = { set: SET, command: kill('basket'), actor: GRACE };
const unkill = {
  type: 'change',
  id: 'u1',
  change: { kind: 'unkill', flag: 'basket', reason: 'mended' },
  reason: 'mended',
} as const;

/** A server that serves one flag, and another one on the same database. */
async function serving(world: SqliteWorld): Promise<{ readonly server: FlagServer; readonly other: FlagServer }> {
  const server = await openFlags(world.flagStore, world.clock);
  await createSet(server.flags);
  await server.flags.execute({ set: SET, command: define('basket'), actor: GRACE });
  return { server, other: await openFlags(world.flagStore, world.clock) };
}

async function compare(world: SqliteWorld): Promise<void> {
  await world.clock.advance(COMPARE + 1);
  await settle();
}

async function typesOf({ flags }: FlagServer): Promise<readonly string[]> {
  const events = await flags.history(SET, { flag: null, before: null, limit: 10 });
  return events.map(({ event }) => event.type).toReversed();
}

describe('a database that is gone', () => {
  it('does not keep what was known from being served, and is noticed', async () => {
    await using world = await createMemoryWorld();
    const { server } = await serving(world);
    expect(server.flags.staleSince()).toBeNull();
    server.store.mood = 'gone';
    await compare(world);
    const since = server.flags.staleSince();
    expect(since).toBe(world.clock.now() - 1);
    await compare(world);
    expect([variantOf(server.flags, 'basket'), server.flags.staleSince()]).toEqual(['on', since]);
    await expect(server.flags.execute({ ...order, command: define('search') })).rejects.toThrow(StorageError);
    server.store.mood = 'there';
    await compare(world);
    expect(server.flags.staleSince()).toBeNull();
  });

  it('is noticed, too, where it only says nothing', async () => {
    await using world = await createMemoryWorld();
    const { server } = await serving(world);
    server.store.mood = 'hanging';
    await compare(world);
    const asked = world.clock.now() - 1;
    expect(server.flags.staleSince()).toBeNull();
    await compare(world);
    expect(server.flags.staleSince()).toBe(asked);
    server.store.wake();
    await settle();
    expect(server.flags.staleSince()).toBeNull();
  });

  it('keeps no kill from being in force at once; it is recorded when the database is back', async () => {
    await using world = await createMemoryWorld();
    const { server, other } = await serving(world);
    const before = server.flags.find(SET)?.head;
    server.store.mood = 'gone';
    await expect(server.flags.execute(order)).rejects.toMatchObject({
      name: 'StorageError',
      code: 'cannot-open',
      message: expect.stringMatching(/^Flag basket is killed on this server and not recorded yet/),
    });
    await settle();
    expect([variantOf(server.flags, 'basket'), variantOf(other.flags, 'basket')]).toEqual(['off', 'on']);
    expect(server.told.at(-1)).toBe(server.flags.find(SET)?.head);
    expect(server.flags.find(SET)?.head).not.toBe(before);
    expect(server.flags.find(SET)?.state.version).toBe(2);
    expect(server.flags.staleSince()).toBe(world.clock.now());
    const pending = { set: SET, flag: 'basket', reason: 'too many errors', launch: null, actor: GRACE };
    expect(server.flags.pendingKills()).toEqual([{ ...pending, since: world.clock.now() }]);
    await compare(world);
    expect(server.flags.pendingKills()).toHaveLength(1);
    server.store.mood = 'there';
    await compare(world);
    await compare(world);
    expect([server.flags.pendingKills(), server.flags.staleSince()]).toEqual([[], null]);
    expect(variantOf(other.flags, 'basket')).toBe('off');
    expect(await typesOf(server)).toEqual(['set-created', 'flag-defined', 'flag-killed']);
    expect(server.flags.find(SET)?.head).toBe(other.flags.find(SET)?.head);
  });

  it('takes the kill behind what others did meanwhile', async () => {
    await using world = await createMemoryWorld();
    const { server, other } = await serving(world);
    server.store.mood = 'gone';
    await expect(server.flags.execute(order)).rejects.toThrow(StorageError);
    await other.flags.execute({ ...order, command: define('search') });
    server.store.mood = 'there';
    await compare(world);
    expect(await typesOf(server)).toEqual(['set-created', 'flag-defined', 'flag-defined', 'flag-killed']);
    expect([variantOf(server.flags, 'basket'), variantOf(server.flags, 'search')]).toEqual(['off', 'on']);
  });

  it('is told of a kill that another one recorded meanwhile, once', async () => {
    await using world = await createMemoryWorld();
    const { server, other } = await serving(world);
    server.store.mood = 'gone';
    await expect(server.flags.execute(order)).rejects.toThrow(StorageError);
    await other.flags.execute(order);
    server.store.mood = 'there';
    await compare(world);
    expect(server.flags.pendingKills()).toEqual([]);
    expect(await typesOf(server)).toEqual(['set-created', 'flag-defined', 'flag-killed']);
    expect(server.flags.find(SET)?.head).toBe(other.flags.find(SET)?.head);
  });

  it('is told first of the kill that waits, then of who lifts it', async () => {
    await using world = await createMemoryWorld();
    const { server } = await serving(world);
    server.store.mood = 'gone';
    await expect(server.flags.execute(order)).rejects.toThrow(StorageError);
    await expect(server.flags.execute({ ...order, command: unkill })).rejects.toThrow(StorageError);
    expect(variantOf(server.flags, 'basket')).toBe('off');
    server.store.mood = 'there';
    expect(await server.flags.execute({ ...order, command: unkill })).toMatchObject({ ok: true });
    expect(await typesOf(server)).toEqual(['set-created', 'flag-defined', 'flag-killed', 'flag-unkilled']);
    expect([variantOf(server.flags, 'basket'), server.flags.pendingKills()]).toEqual(['on', []]);
  });

  it('changes nothing else of the set while a kill waits', async () => {
    await using world = await createMemoryWorld();
    const { server } = await serving(world);
    server.store.mood = 'gone';
    await expect(server.flags.execute(order)).rejects.toThrow(StorageError);
    // It takes no kill, and answers whoever only reads.
    server.store.mood = 'full';
    const unkilling = server.flags.execute({ ...order, command: unkill });
    await expect(unkilling).rejects.toThrow('The kill of flag basket is not recorded yet');
    expect(server.flags.pendingKills()).toHaveLength(1);
  });

  it('tells of a kill that waits for a flag which was removed meanwhile', async () => {
    await using world = await createMemoryWorld();
    const { server, other } = await serving(world);
    server.store.mood = 'gone';
    await expect(server.flags.execute(order)).rejects.toThrow(StorageError);
    const change = { kind: 'remove', flag: 'basket' } as const;
    await other.flags.execute({ ...order, command: { type: 'change', id: 'r', change, reason: 'gone' } });
    server.store.mood = 'there';
    await compare(world);
    expect(server.flags.pendingKills()).toEqual([]);
    expect(server.errors.at(-1)).toContain(
      'the kill of flag basket in shop.production is over: There is no flag basket',
    );
  });

  it('has no flag to kill that this server does not know', async () => {
    await using world = await createMemoryWorld();
    const { server } = await serving(world);
    server.store.mood = 'gone';
    const unknown = server.flags.execute({ ...order, command: kill('search') });
    await expect(unknown).rejects.toMatchObject({ message: 'The database does not answer.' });
    expect(server.flags.pendingKills()).toEqual([]);
  });

  it('is tried once more for a kill when the server stops', async () => {
    await using world = await createMemoryWorld();
    const { server } = await serving(world);
    server.store.mood = 'gone';
    await expect(server.flags.execute(order)).rejects.toThrow(StorageError);
    server.store.mood = 'there';
    await server.flags.close();
    expect(await typesOf(server)).toContain('flag-killed');
  });
});

describe('a database that does not answer', () => {
  it('is not waited for by a kill: it is in force soon, and resolves when it is recorded', async () => {
    await using world = await createMemoryWorld();
    const { server } = await serving(world);
    server.store.mood = 'hanging';
    // The kill must not wait for whoever waits for the database, either.
    const defining = server.flags.execute({ ...order, command: define('search') });
    const killing = server.flags.execute(order);
    await world.clock.advance(PATIENCE - 1);
    expect(variantOf(server.flags, 'basket')).toBe('on');
    await world.clock.advance(2);
    expect([variantOf(server.flags, 'basket'), server.flags.pendingKills().length]).toEqual(['off', 1]);
    server.store.wake();
    expect(await Promise.all([defining, killing])).toMatchObject([{ version: 3 }, { version: 4 }]);
    // The set, its flag, the kill in force, the other flag, and the kill once more as it is recorded.
    expect(server.told).toHaveLength(5);
    expect([variantOf(server.flags, 'basket'), server.flags.pendingKills()]).toEqual(['off', []]);
  });

  it('that has done what it did not say is not told again after a person has lifted the kill', async () => {
    await using world = await createMemoryWorld();
    const { server, other } = await serving(world);
    server.store.mood = 'deaf';
    await expect(server.flags.execute(order)).rejects.toThrow(StorageError);
    server.store.mood = 'gone';
    await compare(world);
    expect(variantOf(server.flags, 'basket')).toBe('off');
    expect(await other.flags.execute({ ...order, command: unkill })).toMatchObject({ ok: true });
    server.store.mood = 'there';
    await compare(world);
    await compare(world);
    expect(await typesOf(server)).toEqual(['set-created', 'flag-defined', 'flag-killed', 'flag-unkilled']);
    expect([variantOf(server.flags, 'basket'), server.flags.pendingKills()]).toEqual(['on', []]);
  });

  it('that has done what it did not say has it once', async () => {
    await using world = await createMemoryWorld();
    const { server } = await serving(world);
    server.store.mood = 'deaf';
    await expect(server.flags.execute(order)).rejects.toThrow(StorageError);
    expect(variantOf(server.flags, 'basket')).toBe('off');
    await compare(world);
    expect(await typesOf(server)).toEqual(['set-created', 'flag-defined', 'flag-killed']);
    expect(server.flags.pendingKills()).toEqual([]);
  });
});
