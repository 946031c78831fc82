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
      ['another launch, at once', 'b-1', 0, { held: false, by: 'a-1', until: 1_000 }],
      ['another launch, a moment before the expiry', 'b-1', 999, { held: false, by: 'a-1', until: 1_000 }],
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
      expect(other).toEqual({ held: false, by: 'a-1', until: 1_500 });
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
      const held = { held: false, by: 'a-1', until: 2_200 };
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
      const held = { held: false, by: 'b-1', until: 2_000 };
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
  });
}
