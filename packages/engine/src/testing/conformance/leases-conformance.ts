import { describe, expect, it } from 'vitest';
import type { Leases } from '../../ports/leases.ts';

/** Made anew for every test, and disposed of after it. */
export interface LeasesWorld extends AsyncDisposable {
  readonly leases: Leases;
}

const at = (now: number) => ({ now, ttl: 1_000 });

/** What all leases keep to. `setUp` is called once a test. */
export function describeLeasesConformance(name: string, setUp: () => Promise<LeasesWorld>): void {
  describe(`leases ${name} conform`, () => {
    it.each([
      ['the same launch, at once', 'a-1', 0, { held: true }],
      ['the same launch, after the expiry', 'a-1', 5_000, { held: true }],
      ['another launch, at once', 'b-1', 0, { held: false, by: 'a-1', until: 1_000, deadlock: [] }],
      [
        'another launch, a moment before the expiry',
        'b-1',
        999,
        { held: false, by: 'a-1', until: 1_000, deadlock: [] },
      ],
      ['another launch, at the expiry', 'b-1', 1_000, { held: true }],
    ] as const)('a lease taken at 0 for 1000, asked for by %s', async (_title, launch, now, expected) => {
      await using world = await setUp();
      expect(await world.leases.acquire('production', 'a-1', at(0))).toEqual({ held: true });
      expect(await world.leases.acquire('production', launch, at(now))).toEqual(expected);
    });

    it('taking again renews', async () => {
      await using world = await setUp();
      await world.leases.acquire('production', 'a-1', at(0));
      await world.leases.acquire('production', 'a-1', at(500));
      const other = await world.leases.acquire('production', 'b-1', at(1_499));
      expect(other).toEqual({ held: false, by: 'a-1', until: 1_500, deadlock: [] });
    });

    it('environments are apart', async () => {
      await using world = await setUp();
      await world.leases.acquire('staging', 'a-1', at(0));
      expect(await world.leases.acquire('production', 'b-1', at(0))).toEqual({ held: true });
    });

    it('renews all of a launch, what has expired but was not taken included', async () => {
      await using world = await setUp();
      for (const environment of ['staging', 'production']) await world.leases.acquire(environment, 'a-1', at(0));
      await world.leases.acquire('backstage', 'b-1', at(0));
      await world.leases.renew('a-1', at(1_200));
      const held = { held: false, by: 'a-1', until: 2_200, deadlock: [] };
      expect(await world.leases.acquire('staging', 'c-1', at(1_300))).toEqual(held);
      expect(await world.leases.acquire('production', 'c-1', at(1_300))).toEqual(held);
      expect(await world.leases.acquire('backstage', 'c-1', at(1_300))).toEqual({ held: true });
    });

    it('renews nothing that somebody else has taken, and takes nothing', async () => {
      await using world = await setUp();
      await world.leases.acquire('production', 'a-1', at(0));
      await world.leases.acquire('production', 'b-1', at(1_000));
      await world.leases.renew('a-1', at(1_100));
      await world.leases.renew('c-1', at(1_100));
      const held = { held: false, by: 'b-1', until: 2_000, deadlock: [] };
      expect(await world.leases.acquire('production', 'a-1', at(1_200))).toEqual(held);
      expect(await world.leases.acquire('staging', 'd-1', at(1_200))).toEqual({ held: true });
    });

    it('gives back all of a launch, and nothing of others', async () => {
      await using world = await setUp();
      for (const environment of ['staging', 'production']) await world.leases.acquire(environment, 'a-1', at(0));
      await world.leases.acquire('backstage', 'b-1', at(0));
      await world.leases.release('a-1');
      await world.leases.release('never-held-any');
      expect(await world.leases.acquire('staging', 'c-1', at(0))).toEqual({ held: true });
      expect(await world.leases.acquire('production', 'c-1', at(0))).toEqual({ held: true });
      expect((await world.leases.acquire('backstage', 'c-1', at(0))).held).toBe(false);
    });

    it.each([0, 5_000])('gives a lease to one of many that ask at the same time, at %d', async (now) => {
      await using world = await setUp();
      await world.leases.acquire('production', 'dead-1', { now: -10_000, ttl: 10_000 });
      const asking = Array.from({ length: 20 }, (_, index) =>
        world.leases.acquire('production', `a-${index}`, at(now)),
      );
      expect((await Promise.all(asking)).filter((result) => result.held)).toHaveLength(1);
    });

    deadlockCases(setUp);
  });
}

/** `a-1 x`: a-1 asks for x. No launch of these has a row, so that all were started in the same moment and their ids decide. */
type Asking = `${string}-1 ${string}`;

/** They ask one after the other; gives what the last one was told: `held`, or its ring. */
async function ask(leases: Leases, ...asking: readonly Asking[]): Promise<'held' | readonly string[]> {
  let told: 'held' | readonly string[] = 'held';
  for (const each of asking) {
    const [launch = '', environment = ''] = each.split(' ');
    const lease = await leases.acquire(environment, launch, at(0));
    told = lease.held
      ? 'held'
      : lease.deadlock.map((wait) => `${wait.launch} waits for ${wait.environment}, held by ${wait.holder}`);
  }
  return told;
}

const TWO: readonly Asking[] = ['a-1 x', 'b-1 y', 'a-1 y', 'b-1 x'];
const TWO_TOLD = ['b-1 waits for x, held by a-1', 'a-1 waits for y, held by b-1'];
const THREE: readonly Asking[] = ['a-1 x', 'b-1 y', 'c-1 z', 'a-1 y', 'b-1 z', 'c-1 x'];
const THREE_TOLD = ['c-1 waits for x, held by a-1', 'a-1 waits for y, held by b-1', 'b-1 waits for z, held by c-1'];

function deadlockCases(setUp: () => Promise<LeasesWorld>): void {
  it.each<[string, readonly Asking[], 'held' | readonly string[]]>([
    ['the later of two that wait for each other', TWO, TWO_TOLD],
    ['not the earlier one', [...TWO, 'a-1 y'], []],
    ['the later one again, as often as it asks', [...TWO, 'b-1 x'], TWO_TOLD],
    ['the later one, though it was the first to wait', ['a-1 x', 'b-1 y', 'b-1 x', 'a-1 y', 'b-1 x'], TWO_TOLD],
    ['the last of three in a ring', THREE, THREE_TOLD],
    ['none of the other two', [...THREE, 'a-1 y', 'b-1 z'], []],
    ['nobody who only waits', ['a-1 x', 'b-1 y', 'a-1 y', 'c-1 x'], []],
  ])('tells of a ring of waits: %s', async (_title, asking, expected) => {
    await using world = await setUp();
    expect(await ask(world.leases, ...asking)).toEqual(expected);
  });

  it.each<[string, (leases: Leases) => Promise<unknown>]>([
    ['ends', (leases) => leases.release('a-1')],
    ['gives up what it waits for', (leases) => leases.giveUp('y', 'a-1')],
  ])('tells of no ring when one of it %s', async (_title, end) => {
    await using world = await setUp();
    await ask(world.leases, ...THREE);
    await end(world.leases);
    expect(await ask(world.leases, 'b-1 z')).toEqual([]);
    expect(await ask(world.leases, 'c-1 x')).not.toContain(THREE_TOLD[0]);
  });

  it('what was waited for and is had is waited for no more', async () => {
    await using world = await setUp();
    await ask(world.leases, 'a-1 x', 'b-1 x', 'b-1 y');
    await world.leases.release('a-1');
    expect(await ask(world.leases, 'b-1 x')).toBe('held');
    await world.leases.release('b-1');
    expect(await ask(world.leases, 'a-1 x', 'b-1 y', 'a-1 y')).toEqual([]);
  });

  it('breaks no lease', async () => {
    await using world = await setUp();
    await ask(world.leases, ...TWO);
    expect(await world.leases.acquire('x', 'z-1', at(0))).toMatchObject({ held: false, by: 'a-1' });
    expect(await world.leases.acquire('y', 'z-1', at(0))).toMatchObject({ held: false, by: 'b-1' });
  });
}
