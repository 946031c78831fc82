import { describe, expect, it } from 'vitest';
import type { ActionProvider } from '../../action.ts';
import type { Capability } from '../../context.ts';
import { OutcomeUnknownError } from '../../errors.ts';
import { expectBoundedEvidence, expectNamedError, expectNoSecrets, rejectionOf } from './expectations.ts';
import { itHasAProperSchema } from './provider-schema.ts';
import type { ConformanceWorld } from './world.ts';
import { contextIn } from './world.ts';

/** Configurations as they stand in a plan. */
export interface ActionWorld extends ConformanceWorld {
  /** Works and can be verified. */
  readonly working: unknown;
  /** Works, is declared idempotent, and is so. */
  readonly idempotent: unknown;
  /** Is refused by the other side. */
  readonly failing: unknown;
  /** Works and has no way to be verified; absent where everything can be. */
  readonly unverifiable?: unknown;
  /** Is begun and does not end by itself. */
  readonly endless: { readonly config: unknown; readonly begun: () => Promise<void> };
  /** What the working and idempotent configurations have changed: equal values, equal worlds. */
  state(): Promise<unknown>;
}

/** What every action keeps to. `setUp` is called once a test. */
export function describeActionConformance<Config, Needs extends Capability>(
  provider: ActionProvider<Config, Needs>,
  setUp: () => Promise<ActionWorld>,
): void {
  const run = async (world: ActionWorld, config: unknown, signal?: AbortSignal) =>
    await provider.run(provider.schema.parse(config), contextIn(world, provider.needs, signal));
  const verify = async (world: ActionWorld, config: unknown) =>
    await provider.verify(provider.schema.parse(config), contextIn(world, provider.needs));

  describe(`action ${provider.name} conforms`, () => {
    itHasAProperSchema(provider);

    it('changes the world and leaves evidence', async () => {
      await using world = await setUp();
      const before = await world.state();
      const evidence = await run(world, world.working);
      expect(await world.state()).not.toEqual(before);
      expectBoundedEvidence(evidence);
      expectNoSecrets(evidence, world.context.secrets ?? {});
    });

    it('verifies no before it was run and yes after, when the worker that ran it is gone, and changes nothing', async () => {
      await using world = await setUp();
      expect((await verify(world, world.working)).done).toBe('no');
      await run(world, world.working);
      const after = await world.state();
      const verification = await verify(world, world.working);
      expect(verification.done).toBe('yes');
      if (verification.done === 'yes') expectBoundedEvidence(verification.evidence);
      expect(await world.state()).toEqual(after);
    });

    it('verifies unknown, with a reason, where it cannot tell', async () => {
      await using world = await setUp();
      if (world.unverifiable === undefined) return;
      expect(await verify(world, world.unverifiable)).toEqual({
        done: 'unknown',
        reason: expect.stringMatching(/./),
      });
    });

    it('does no more when it is run twice, where it says that it is idempotent', async () => {
      await using world = await setUp();
      expect(provider.idempotent(provider.schema.parse(world.idempotent))).toBe(true);
      await run(world, world.idempotent);
      const after = await world.state();
      await run(world, world.idempotent);
      expect(await world.state()).toEqual(after);
    });

    it('rejects with a named error when it is refused', async () => {
      await using world = await setUp();
      const error = await rejectionOf(run(world, world.failing));
      expectNamedError(error);
      expect(error).not.toBeInstanceOf(OutcomeUnknownError);
      expectNoSecrets(error, world.context.secrets ?? {});
    });

    it('does nothing when it was aborted before', async () => {
      await using world = await setUp();
      const before = await world.state();
      const error = await rejectionOf(run(world, world.working, AbortSignal.abort()));
      expect(error).not.toBeInstanceOf(OutcomeUnknownError);
      expect(await world.state()).toEqual(before);
    });

    it('says that the outcome is unknown when it is aborted in the middle', async () => {
      await using world = await setUp();
      const controller = new AbortController();
      const rejection = rejectionOf(run(world, world.endless.config, controller.signal));
      await world.endless.begun();
      controller.abort();
      expect(await rejection).toBeInstanceOf(OutcomeUnknownError);
    });
  });
}
