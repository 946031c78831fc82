import { describe, expect, it } from 'vitest';
import type { FlagEvent } from '@slipway/flags';
import { COMPARE } from '../launches/unheard.ts';
import { sealFlagEvents } from '../store/flag-chain.ts';
import { NOW } from '../testing/drafts.ts';
import { define, GRACE, kill, SET } from '../testing/flag-samples.ts';
import { createSet, type FlagServer, openFlags, settle, variantOf } from '../testing/flags-world.ts';
import { createMemoryWorld, type SqliteWorld } from '../testing/sqlite-world.ts';

const order = { set: SET, command: define('search'), actor: GRACE };
const OTHER = 'shop.staging';

/** A server that serves two sets of one flag each. */
async function serving(world: SqliteWorld): Promise<FlagServer> {
  const server = await openFlags(world.flagStore, world.clock);
  for (const set of [SET, OTHER]) {
    await createSet(server.flags, set);
    await server.flags.execute({ set, command: define('basket'), actor: GRACE });
  }
  return server;
}

/** A newer Slipway paints a flag. */
async function paint({ flagStore, database }: SqliteWorld, server: FlagServer): Promise<void> {
  const head = { seq: 2, hash: server.flags.find(SET)?.head ?? '' };
  const seal = (event: object) => sealFlagEvents(SET, head, [{ actor: GRACE, event: event as FlagEvent }], NOW);
  await flagStore.append({ set: SET, expected: 2, events: seal({ type: 'flag-removed', flag: 'basket' }) });
  const [painted] = seal({ type: 'flag-painted', flag: 'basket' });
  const sql = 'update flag_event set payload = ?1, hash = ?2 where set_name = ?3 and seq = 3';
  await database.query(sql, ['{"flag":"basket","type":"flag-painted"}', painted?.hash ?? null, SET]);
}

async function compare(world: SqliteWorld, times = 1): Promise<void> {
  for (let time = 0; time < times; time += 1) {
    await world.clock.advance(COMPARE + 1);
    await settle();
  }
}

describe('a log with an event of a newer Slipway', () => {
  it('is served as it was known last, is not changed, and says why, once', async () => {
    await using world = await createMemoryWorld();
    const server = await serving(world);
    await paint(world, server);
    await compare(world, 4);
    expect(variantOf(server.flags, 'basket')).toBe('on');
    expect(server.errors).toHaveLength(1);
    expect(server.errors[0]).toContain('"flag-painted"');
    expect(server.flags.troubles()).toEqual([{ set: SET, message: expect.stringContaining('flag-painted') }]);
    await expect(server.flags.execute(order)).rejects.toMatchObject({ code: 'unknown-event' });
    expect(server.flags.find(SET)?.state.version).toBe(2);
    // The other one is no worse for it.
    expect(await server.flags.execute({ ...order, set: OTHER })).toMatchObject({ ok: true, version: 3 });
    expect(server.flags.staleSince()).toBeNull();
  });

  it('keeps no kill from being in force here', async () => {
    await using world = await createMemoryWorld();
    const server = await serving(world);
    await paint(world, server);
    const killing = server.flags.execute({ ...order, command: kill('basket') });
    await expect(killing).rejects.toMatchObject({ code: 'unknown-event' });
    expect([variantOf(server.flags, 'basket'), server.flags.pendingKills().length]).toEqual(['off', 1]);
  });

  it('is not served at all where nothing was known of it, and keeps no other set from being served', async () => {
    await using world = await createMemoryWorld();
    await paint(world, await serving(world));
    const server = await openFlags(world.flagStore, world.clock);
    expect(server.flags.sets().map(({ set }) => set)).toEqual([OTHER]);
    expect(server.errors).toEqual([expect.stringContaining('flag set shop.production cannot be read')]);
    expect(server.flags.troubles()).toHaveLength(1);
    await expect(server.flags.create(SET, 'v2', GRACE)).rejects.toMatchObject({ code: 'unknown-event' });
  });
});

describe('a log that was changed from outside', () => {
  it.each([
    ['a changed event', "update flag_event set at = at + 1 where set_name = 'shop.production' and seq = 3"],
    ['another past', "update flag_event set previous = hash where set_name = 'shop.production' and seq = 3"],
  ])('is served as it was known last, and no more is taken from it: %s', async (_title, sql) => {
    await using world = await createMemoryWorld();
    const server = await serving(world);
    const other = await openFlags(world.flagStore, world.clock);
    await other.flags.execute({ ...order, command: kill('basket') });
    await world.database.query(sql);
    await compare(world, 3);
    expect([variantOf(server.flags, 'basket'), server.errors.length]).toEqual(['on', 1]);
    await expect(server.flags.execute(order)).rejects.toMatchObject({ code: 'damaged' });
  });

  it('says so where it has become shorter', async () => {
    await using world = await createMemoryWorld();
    const server = await serving(world);
    await world.database.query("delete from flag_event where set_name = 'shop.production' and seq = 2");
    await world.database.query("update flag_set set version = 1 where name = 'shop.production'");
    await compare(world, 3);
    expect(variantOf(server.flags, 'basket')).toBe('on');
    expect(server.errors).toEqual([expect.stringContaining('ends before event 2')]);
    expect(server.flags.troubles()).toHaveLength(1);
    await expect(server.flags.execute(order)).rejects.toMatchObject({ code: 'damaged' });
  });

  it('is in no trouble any more once it can be read on', async () => {
    await using world = await createMemoryWorld();
    const server = await serving(world);
    const other = await openFlags(world.flagStore, world.clock);
    await other.flags.execute({ ...order, command: kill('basket') });
    await world.database.query("update flag_event set at = at + 1 where set_name = 'shop.production' and seq = 3");
    await compare(world, 2);
    await world.database.query("update flag_event set at = at - 1 where set_name = 'shop.production' and seq = 3");
    await other.flags.execute(order);
    await compare(world);
    expect([variantOf(server.flags, 'basket'), server.flags.troubles()]).toEqual(['off', []]);
  });
});
