import { expect, it } from 'vitest';
import { rejectionOf } from '../expectations.ts';
import type { WithStage } from './stage.ts';
import { addressesOf, sorted } from './stage.ts';

export function stopCases(withStage: WithStage): void {
  it('stops every instance of a version and leaves the others', async () => {
    await withStage(async ({ production, world, answers }) => {
      const old = await production.start('1.0.0');
      const fresh = await production.start('2.0.0');
      await production.stop('2.0.0');
      expect(await world.running()).toBe(old.instances.length);
      await Promise.all(addressesOf(fresh).map((address) => rejectionOf(world.ask(address))));
      expect(await answers(old)).toHaveLength(old.instances.length);
      expect(sorted(await production.inspect())).toEqual(sorted({ versions: [old] }));
    });
  });

  it('resolves for what is stopped already, twice at once, and for what never ran', async () => {
    await withStage(async ({ production, world }) => {
      await production.stop('0.0.1');
      await production.start('1.0.0');
      await Promise.all([production.stop('1.0.0'), production.stop('1.0.0')]);
      await production.stop('1.0.0');
      expect(await world.running()).toBe(0);
      expect(await production.inspect()).toEqual({ versions: [] });
    });
  });

  it('starts a stopped version again', async () => {
    await withStage(async ({ production, world, answers }) => {
      const first = await answers(await production.start('1.0.0'));
      await production.stop('1.0.0');
      expect(await answers(await production.start('1.0.0'))).toEqual(first);
      expect(await world.running()).toBe(first.length);
    });
  });
}
