import { expect, it } from 'vitest';
import type { WithStage } from './stage.ts';
import { addressesOf, sorted } from './stage.ts';

export function startCases(withStage: WithStage): void {
  it('says that nothing runs where nothing was ever started', async () => {
    await withStage(async ({ production }) => {
      expect(await production.inspect()).toEqual({ versions: [] });
    });
  });

  it('starts every instance, and resolves when each is ready and answers', async () => {
    await withStage(async ({ production, world, answers }) => {
      const state = await production.start('1.0.0');
      expect(state.version).toBe('1.0.0');
      expect(state.instances.length).toBeGreaterThan(1);
      expect(state.instances.map(({ ready, restarts }) => ({ ready, restarts }))).toEqual(
        state.instances.map(() => ({ ready: true, restarts: 0 })),
      );
      expect(new Set(addressesOf(state)).size).toBe(state.instances.length);
      expect(new Set(await answers(state)).size).toBe(1);
      expect(await world.running()).toBe(state.instances.length);
      expect(sorted(await production.inspect())).toEqual(sorted({ versions: [state] }));
    });
  });

  it('keeps what runs when it is started again, also twice at once', async () => {
    await withStage(async ({ production, world }) => {
      const first = await production.start('1.0.0');
      const again = await Promise.all([production.start('1.0.0'), production.start('1.0.0')]);
      expect(again.map(addressesOf)).toEqual([addressesOf(first), addressesOf(first)]);
      expect(await world.running()).toBe(first.instances.length);
    });
  });

  it('starts one set when it is asked many times at once', async () => {
    await withStage(async ({ production, world }) => {
      // What starts with the first version of an environment would otherwise keep the calls apart.
      const other = await production.start('0.9.0');
      const states = await Promise.all(Array.from({ length: 8 }, () => production.start('1.0.0')));
      expect(new Set(states.map((state) => addressesOf(state).join())).size).toBe(1);
      expect(await world.running()).toBe(other.instances.length + (states[0]?.instances.length ?? 0));
    });
  });

  it('runs versions side by side', async () => {
    await withStage(async ({ production, world, answers }) => {
      const old = await production.start('1.0.0');
      const fresh = await production.start('2.0.0', world.changed);
      expect(sorted(await production.inspect())).toEqual(sorted({ versions: [old, fresh] }));
      expect(new Set([...addressesOf(old), ...addressesOf(fresh)]).size).toBe(await world.running());
      expect((await answers(old))[0]).not.toBe((await answers(fresh))[0]);
    });
  });

  it('keeps environments apart', async () => {
    await withStage(async ({ production, staging, world }) => {
      const state = await production.start('1.0.0');
      expect(await staging.inspect()).toEqual({ versions: [] });
      await staging.stop('1.0.0');
      const other = await staging.start('1.0.0');
      expect(addressesOf(other)).not.toEqual(addressesOf(state));
      await production.stop('1.0.0');
      expect(sorted(await staging.inspect())).toEqual(sorted({ versions: [other] }));
      expect(await world.running()).toBe(other.instances.length);
    });
  });

  it('goes on when the process that started it is killed, and another sees, keeps and stops the same', async () => {
    await withStage(async ({ production, world, answers }) => {
      await world.startAndDie('production', '1.0.0');
      const seen = await production.inspect();
      expect(seen.versions.map(({ version }) => version)).toEqual(['1.0.0']);
      const state = await production.start('1.0.0');
      expect(sorted(seen)).toEqual(sorted({ versions: [state] }));
      expect((await answers(state)).length).toBe(await world.running());
      await production.stop('1.0.0');
      expect(await world.running()).toBe(0);
    });
  });
}
