import { expect, it } from 'vitest';
import { TerminalError } from '../../../errors.ts';
import { expectNamedError, rejectionOf } from '../expectations.ts';
import type { WithStage } from './stage.ts';
import { addressesOf, sorted } from './stage.ts';

export function restoreCases(withStage: WithStage): void {
  it('brings a version back as it was configured when it ran, whatever the plan says now', async () => {
    await withStage(async ({ production, world, answers }) => {
      const before = await answers(await production.start('1.0.0'));
      await production.stop('1.0.0');
      const restored = await production.restore('1.0.0', world.changed);
      expect(restored.instances.every(({ ready }) => ready)).toBe(true);
      expect(await answers(restored)).toEqual(before);
      expect(sorted(await production.inspect())).toEqual(sorted({ versions: [restored] }));
    });
  });

  it('keeps what runs when it is restored', async () => {
    await withStage(async ({ production, world }) => {
      const state = await production.start('1.0.0');
      const restored = await Promise.all([production.restore('1.0.0'), production.restore('1.0.0', world.changed)]);
      expect(restored.map(addressesOf)).toEqual([addressesOf(state), addressesOf(state)]);
      expect(await world.running()).toBe(state.instances.length);
    });
  });

  it('refuses, for good, a version that never ran here', async () => {
    await withStage(async ({ production, staging, world }) => {
      await staging.start('1.0.0');
      const error = await rejectionOf(production.restore('1.0.0'));
      expectNamedError(error);
      expect(error).toBeInstanceOf(TerminalError);
      expect(await production.inspect()).toEqual({ versions: [] });
      await rejectionOf(production.start('2.0.0', world.neverReady));
      expect(await rejectionOf(production.restore('2.0.0'))).toBeInstanceOf(TerminalError);
    });
  });
}
