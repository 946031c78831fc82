import { describe, expect, it } from 'vitest';
import { COMPARE } from '../launches/unheard.ts';
import { createLocalChanges } from '../store/local-changes.ts';
import { define, GRACE, kill, SET } from '../testing/flag-samples.ts';
import { createSet, type FlagServer, openFlags, settle, variantOf } from '../testing/flags-world.ts';
import { createMemoryWorld } from '../testing/sqlite-world.ts';

const asked = { flag: null, before: null, limit: 1_000 };

async function typesOf({ flags }: FlagServer, flag: string | null = null): Promise<readonly string[]> {
  return (await flags.history(SET, { ...asked, flag })).map(({ event }) => event.type).toReversed();
}

describe('flags of one server', () => {
  it('are changed by commands, told of before the command is over, and served', async () => {
    await using world = await createMemoryWorld();
    const server = await openFlags(world.flagStore, world.clock);
    const { flags, told } = server;
    await createSet(flags);
    const seen: unknown[] = [];
    flags.listen(({ set }) => seen.push([set, variantOf(flags, 'basket')]));
    const defined = await flags.execute({ set: SET, command: define('basket'), actor: GRACE });
    expect(defined).toEqual({ ok: true, version: 2, events: 1, proposed: null });
    expect(seen).toEqual([[SET, 'on']]);
    const killed = await flags.execute({ set: SET, command: kill('basket'), actor: GRACE });
    expect(killed).toMatchObject({ ok: true, version: 3, events: 1 });
    expect(seen).toEqual([
      [SET, 'on'],
      [SET, 'off'],
    ]);
    expect(told).toHaveLength(3);
    expect(flags.sets().map(({ set, head }) => [set, head])).toEqual([[SET, told.at(-1)]]);
    await flags.close();
  });

  it('are the same after a restart', async () => {
    await using world = await createMemoryWorld();
    const first = await openFlags(world.flagStore, world.clock);
    await createSet(first.flags);
    await createSet(first.flags, 'shop.staging');
    for (const flag of ['basket', 'search'])
      await first.flags.execute({ set: SET, command: define(flag), actor: GRACE });
    await first.flags.execute({ set: SET, command: kill('search'), actor: GRACE });
    await first.flags.close();
    const second = await openFlags(world.flagStore, world.clock);
    const plain = ({ set, state, definition, head }: ReturnType<typeof first.flags.sets>[number]) => {
      return { set, state, definition, head };
    };
    expect(second.flags.sets().map(plain)).toEqual(first.flags.sets().map(plain));
    expect(second.flags.sets()).toHaveLength(2);
    expect([variantOf(second.flags, 'basket'), variantOf(second.flags, 'search')]).toEqual(['on', 'off']);
  });

  it('refuse what the rules refuse, and what is of no set', async () => {
    await using world = await createMemoryWorld();
    const { flags } = await openFlags(world.flagStore, world.clock);
    const order = { set: SET, command: kill('basket'), actor: GRACE };
    expect(await flags.execute(order)).toMatchObject({ ok: false, rejection: { code: 'not-found' } });
    await createSet(flags);
    expect(await flags.execute(order)).toMatchObject({ ok: false, rejection: { code: 'not-found' } });
    expect(flags.find('shop.staging')).toBeNull();
    expect(flags.pendingKills()).toEqual([]);
  });

  it('leave a set that is there as it is', async () => {
    await using world = await createMemoryWorld();
    const { flags } = await openFlags(world.flagStore, world.clock);
    await Promise.all([flags.create(SET, 'v2', GRACE), flags.create(SET, 'v3', GRACE)]);
    expect(flags.find(SET)?.state).toMatchObject({ bucketing: 'v2', version: 1 });
  });

  it.each(['shop', 'shop.', '.production', 'Shop.production', 'shop/x.production', `${'a'.repeat(200)}.b`, 'a.b.c'])(
    'are in no set called %s',
    async (set) => {
      await using world = await createMemoryWorld();
      const { flags } = await openFlags(world.flagStore, world.clock);
      await expect(flags.create(set, 'v2', GRACE)).rejects.toThrow(RangeError);
      expect(flags.sets()).toEqual([]);
    },
  );

  it('wait for approval where it is asked for', async () => {
    await using world = await createMemoryWorld();
    const { flags } = await openFlags(world.flagStore, world.clock);
    await createSet(flags);
    const policy = { approvals: 1, channels: {}, language: 'en' } as const;
    await flags.execute({ set: SET, command: { type: 'set-policy', policy }, actor: GRACE });
    const proposed = await flags.execute({ set: SET, command: define('basket'), actor: GRACE });
    expect(proposed).toMatchObject({ ok: true, proposed: 'define-basket' });
    const ada = { kind: 'person', id: 'ada' } as const;
    await flags.execute({ set: SET, command: { type: 'approve', id: 'define-basket' }, actor: ada });
    expect(variantOf(flags, 'basket')).toBe('on');
  });

  it('have a history, newest first, bounded', async () => {
    await using world = await createMemoryWorld();
    const { flags } = await openFlags(world.flagStore, world.clock);
    await createSet(flags);
    for (const flag of ['basket', 'search']) await flags.execute({ set: SET, command: define(flag), actor: GRACE });
    const seqs = async (own: object) => (await flags.history(SET, { ...asked, ...own })).map(({ seq }) => seq);
    expect(await seqs({})).toEqual([3, 2, 1]);
    expect(await seqs({ flag: 'basket' })).toEqual([2]);
    expect(await seqs({ limit: 0 })).toEqual([3]);
    expect(await seqs({ before: 3, limit: 1 })).toEqual([2]);
  });

  it('are told to the others by whoever is told, though one of them throws', async () => {
    await using world = await createMemoryWorld();
    const { flags, told, errors } = await openFlags(world.flagStore, world.clock);
    flags.listen(() => {
      throw new Error('mine');
    });
    const stop = flags.listen(() => told.push('stopped'));
    stop();
    await createSet(flags);
    expect([told.length, errors]).toEqual([1, ['who listens to feature flags failed: mine']]);
  });
});

describe('flags of two servers', () => {
  it('are heard of by notice', async () => {
    await using world = await createMemoryWorld();
    const changes = createLocalChanges();
    const one = await openFlags(world.flagStore, world.clock, changes);
    const two = await openFlags(world.flagStore, world.clock, changes);
    await createSet(one.flags);
    await one.flags.execute({ set: SET, command: define('basket'), actor: GRACE });
    await settle();
    expect(variantOf(two.flags, 'basket')).toBe('on');
    expect(two.told.at(-1)).toBe(one.told.at(-1));
  });

  it('are found by comparing where no notice comes', async () => {
    await using world = await createMemoryWorld();
    const [one, two] = [await openFlags(world.flagStore, world.clock), await openFlags(world.flagStore, world.clock)];
    await createSet(one.flags);
    await one.flags.execute({ set: SET, command: define('basket'), actor: GRACE });
    await settle();
    expect(two.flags.find(SET)).toBeNull();
    await world.clock.advance(COMPARE + 1);
    await settle();
    expect(two.told).toEqual([one.told.at(-1)]);
  });

  it('are decided again on what the other one did', async () => {
    await using world = await createMemoryWorld();
    const [one, two] = [await openFlags(world.flagStore, world.clock), await openFlags(world.flagStore, world.clock)];
    await createSet(one.flags);
    await one.flags.execute({ set: SET, command: define('basket'), actor: GRACE });
    // The second one has heard of nothing: neither of the set, nor of the flag.
    expect(await two.flags.execute({ set: SET, command: kill('basket'), actor: GRACE })).toMatchObject({ ok: true });
    expect(await one.flags.execute({ set: SET, command: define('search'), actor: GRACE })).toMatchObject({
      version: 4,
    });
    expect(variantOf(one.flags, 'basket')).toBe('off');
    expect(await typesOf(one)).toEqual(['set-created', 'flag-defined', 'flag-killed', 'flag-defined']);
  });

  it('kill at once, and the log says it once', async () => {
    await using world = await createMemoryWorld();
    const servers = [await openFlags(world.flagStore, world.clock), await openFlags(world.flagStore, world.clock)];
    for (const { flags } of servers) await createSet(flags);
    await servers[0]?.flags.execute({ set: SET, command: define('basket'), actor: GRACE });
    const kills = servers.map(({ flags }) => flags.execute({ set: SET, command: kill('basket'), actor: GRACE }));
    expect((await Promise.all(kills)).map((done) => done.ok && done.version)).toEqual([3, 3]);
    for (const server of servers) {
      expect(variantOf(server.flags, 'basket')).toBe('off');
      expect(await typesOf(server)).toEqual(['set-created', 'flag-defined', 'flag-killed']);
    }
  });
});

describe('five thousand flags', () => {
  it('are applied in one decision, and loaded', async () => {
    await using world = await createMemoryWorld();
    const one = await openFlags(world.flagStore, world.clock);
    await createSet(one.flags);
    const { change } = define('x') as { change: { definition: object } };
    const names = Array.from({ length: 5_000 }, (_, index) => `flag-${index}`);
    const flags = Object.fromEntries(names.map((name) => [name, change.definition])) as never;
    const apply = { kind: 'apply', origin: { kind: 'server' }, flags, segments: {} } as const;
    const command = { type: 'change', id: 'all', change: apply, reason: 'a start' } as const;
    expect(await one.flags.execute({ set: SET, command, actor: GRACE })).toMatchObject({ events: 5_000 });
    const two = await openFlags(world.flagStore, world.clock);
    expect(two.flags.find(SET)?.evaluator.flags.size).toBe(5_000);
    expect(variantOf(two.flags, 'flag-4999')).toBe('on');
  });
});
