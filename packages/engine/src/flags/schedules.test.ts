import { describe, expect, it } from 'vitest';
import type { FlagCommand, ScheduledChange } from '@slipway/flags';
import { COMPARE } from '../launches/unheard.ts';
import { define, GRACE, SET } from '../testing/flag-samples.ts';
import { createSet, type FlagServer, openFlags, settle, variantOf } from '../testing/flags-world.ts';
import { createMemoryWorld, type SqliteWorld } from '../testing/sqlite-world.ts';

const MINUTE = 60_000;
const killIt: ScheduledChange = { kind: 'kill', reason: 'end of sale' };

const schedule = (id: string, at: number, change = killIt): FlagCommand => ({
  type: 'change',
  id,
  change: { kind: 'schedule', scheduled: [{ id, flag: 'basket', at, change }] },
  reason: 'planned',
});

async function serving(world: SqliteWorld): Promise<FlagServer> {
  const server = await openFlags(world.flagStore, world.clock);
  await createSet(server.flags);
  await server.flags.execute({ set: SET, command: define('basket'), actor: GRACE });
  return server;
}

async function typesOf({ flags }: FlagServer): Promise<readonly string[]> {
  const events = await flags.history(SET, { flag: null, before: null, limit: 100 });
  return events.map(({ event }) => event.type).toReversed();
}

const DONE = ['set-created', 'flag-defined', 'change-scheduled', 'schedule-done', 'flag-killed'];

describe('what is scheduled', () => {
  it('is made when its time comes, and not before', async () => {
    await using world = await createMemoryWorld();
    const server = await serving(world);
    const command = schedule('s1', world.clock.now() + MINUTE);
    expect(await server.flags.execute({ set: SET, command, actor: GRACE })).toMatchObject({ ok: true });
    await world.clock.advance(MINUTE - 1);
    await settle();
    expect(variantOf(server.flags, 'basket')).toBe('on');
    await world.clock.advance(1);
    await settle();
    expect(variantOf(server.flags, 'basket')).toBe('off');
    expect(await typesOf(server)).toEqual(DONE);
    expect((await server.flags.history(SET, { flag: null, before: null, limit: 1 }))[0]?.actor).toEqual({
      kind: 'slipway',
    });
  });

  it('is all made, in parts, where it is more than is made at a time', async () => {
    await using world = await createMemoryWorld();
    const server = await serving(world);
    const at = world.clock.now() + MINUTE;
    const scheduled = Array.from({ length: 120 }, (_, i) => {
      return { id: `s${i}`, flag: 'basket', at, change: { kind: 'end-ramp' } as const };
    });
    const change = { kind: 'schedule', scheduled } as const;
    await server.flags.execute({
      set: SET,
      command: { type: 'change', id: 'c', change, reason: 'planned' },
      actor: GRACE,
    });
    await world.clock.advance(MINUTE);
    await settle();
    expect(server.flags.find(SET)?.state.scheduled).toEqual([]);
    expect(server.errors).toEqual([]);
  });

  it('is made in its order, though what comes first was scheduled last', async () => {
    await using world = await createMemoryWorld();
    const server = await serving(world);
    const now = world.clock.now();
    const steps: readonly (readonly [string, number, string])[] = [
      ['s1', 3 * MINUTE, 'late'],
      ['s2', MINUTE, 'early'],
    ];
    for (const [id, after, reason] of steps) {
      const command = schedule(id, now + after, { kind: 'kill', reason });
      await server.flags.execute({ set: SET, command, actor: GRACE });
    }
    await world.clock.advance(MINUTE);
    await settle();
    expect(server.flags.find(SET)?.state.flags.get('basket')?.kill?.reason).toBe('early');
    await world.clock.advance(2 * MINUTE);
    await settle();
    expect(server.flags.find(SET)?.state.scheduled).toEqual([]);
  });

  it('is made once, though several servers wake at the same moment', async () => {
    await using world = await createMemoryWorld();
    const servers = [await serving(world), await openFlags(world.flagStore, world.clock)];
    const command = schedule('s1', world.clock.now() + MINUTE);
    await servers[0]?.flags.execute({ set: SET, command, actor: GRACE });
    await world.clock.advance(MINUTE);
    await settle();
    for (const server of servers) {
      expect(variantOf(server.flags, 'basket')).toBe('off');
      expect(await typesOf(server)).toEqual(DONE);
    }
  });

  it('is made at the start where no server was there in its time', async () => {
    await using world = await createMemoryWorld();
    const first = await serving(world);
    await first.flags.execute({ set: SET, command: schedule('s1', world.clock.now() + MINUTE), actor: GRACE });
    await first.flags.close();
    await world.clock.advance(2 * MINUTE);
    expect(await typesOf(first)).not.toContain('schedule-done');
    const second = await openFlags(world.flagStore, world.clock);
    await settle();
    expect(variantOf(second.flags, 'basket')).toBe('off');
  });

  it('is made as soon as a database that was away in its time is back', async () => {
    await using world = await createMemoryWorld();
    const server = await serving(world);
    await server.flags.execute({ set: SET, command: schedule('s1', world.clock.now() + MINUTE), actor: GRACE });
    server.store.mood = 'gone';
    await world.clock.advance(2 * MINUTE);
    await settle();
    expect(variantOf(server.flags, 'basket')).toBe('on');
    expect(server.errors.join()).toContain('what is scheduled in flag set shop.production could not be made');
    server.store.mood = 'there';
    await world.clock.advance(COMPARE);
    await settle();
    expect(variantOf(server.flags, 'basket')).toBe('off');
  });

  it('follows the wall clock when somebody sets it', async () => {
    await using world = await createMemoryWorld();
    const server = await serving(world);
    await server.flags.execute({ set: SET, command: schedule('s1', world.clock.now() + 60 * MINUTE), actor: GRACE });
    world.clock.set(60 * MINUTE);
    await world.clock.advance(1);
    await settle();
    expect(variantOf(server.flags, 'basket')).toBe('off');
  });
});
