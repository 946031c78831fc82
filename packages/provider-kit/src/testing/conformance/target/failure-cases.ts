import { expect, it } from 'vitest';
import { expectNamedError, expectNoSecrets, rejectionOf } from '../expectations.ts';
import type { WithStage } from './stage.ts';
import { sorted } from './stage.ts';

export function failureCases(withStage: WithStage): void {
  it('rejects a start that never gets ready, leaves nothing of it, and touches nothing else', async () => {
    await withStage(async ({ production, world }) => {
      const old = await production.start('1.0.0');
      const error = await rejectionOf(production.start('2.0.0', world.neverReady));
      expectNamedError(error);
      expectNoSecrets(error, world.context.secrets ?? {});
      expect(await world.running()).toBe(old.instances.length);
      expect(sorted(await production.inspect())).toEqual(sorted({ versions: [old] }));
    });
  });

  it('keeps what was configured before when a start with another configuration fails', async () => {
    await withStage(async ({ production, world, answers }) => {
      const before = await answers(await production.start('1.0.0'));
      await production.stop('1.0.0');
      await rejectionOf(production.start('1.0.0', world.neverReady));
      expect(await answers(await production.restore('1.0.0'))).toEqual(before);
    });
  });

  it('does nothing when it was aborted before', async () => {
    await withStage(async ({ production, world }) => {
      await rejectionOf(production.start('1.0.0', world.working, AbortSignal.abort()));
      expect(await world.running()).toBe(0);
      expect(await production.inspect()).toEqual({ versions: [] });
    });
  });

  it('leaves nothing of a start that is aborted in the middle', async () => {
    await withStage(async ({ production, world }) => {
      const controller = new AbortController();
      const rejection = rejectionOf(production.start('1.0.0', world.endless.config, controller.signal));
      await world.endless.begun();
      controller.abort();
      expect(await rejection).toBeInstanceOf(Error);
      expect(await world.running()).toBe(0);
      expect(await production.inspect()).toEqual({ versions: [] });
    });
  });

  it('keeps what runs when starting it again is aborted', async () => {
    await withStage(async ({ production, world }) => {
      const state = await production.start('1.0.0');
      await rejectionOf(production.start('1.0.0', world.working, AbortSignal.abort()));
      expect(sorted(await production.inspect())).toEqual(sorted({ versions: [state] }));
    });
  });
}
