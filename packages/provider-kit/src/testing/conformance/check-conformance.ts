import { describe, expect, it } from 'vitest';
import type { CheckProvider } from '../../check.ts';
import type { Capability } from '../../context.ts';
import { expectBoundedEvidence, expectNamedError, expectNoSecrets, rejectionOf } from './expectations.ts';
import { itHasAProperSchema } from './provider-schema.ts';
import type { ConformanceWorld } from './world.ts';
import { contextIn } from './world.ts';

/** Configurations as they stand in a plan. */
export interface CheckWorld extends ConformanceWorld {
  readonly passing: unknown;
  readonly failing: unknown;
  /** For which the check gets no answer: a refused connection, a missing program. */
  readonly cannotAsk: unknown;
  /** For which the check would wait for a very long time; absent where it has nothing to wait for. */
  readonly endless?: { readonly config: unknown; readonly begun: () => Promise<void> };
}

/** What every check keeps to. `setUp` is called once a test. */
export function describeCheckConformance<Config, Needs extends Capability>(
  provider: CheckProvider<Config, Needs>,
  setUp: () => Promise<CheckWorld>,
): void {
  const run = async (world: CheckWorld, config: unknown, signal?: AbortSignal) =>
    await provider.run(provider.schema.parse(config), contextIn(world, provider.needs, signal));

  describe(`check ${provider.name} conforms`, () => {
    itHasAProperSchema(provider);

    it('passes with evidence of which every item passes', async () => {
      await using world = await setUp();
      const { verdict, evidence } = await run(world, world.passing);
      expectBoundedEvidence(evidence);
      expect(verdict).toBe('pass');
      expect(new Set(evidence.items.map((item) => item.verdict))).toEqual(new Set(['pass']));
      expectNoSecrets(evidence, world.context.secrets ?? {});
    });

    it('fails with evidence of what does not pass', async () => {
      await using world = await setUp();
      const { verdict, evidence } = await run(world, world.failing);
      expectBoundedEvidence(evidence);
      expect(verdict).toBe('fail');
      expect(evidence.items.filter((item) => item.verdict !== 'pass')).not.toEqual([]);
      expectNoSecrets(evidence, world.context.secrets ?? {});
    });

    it('throws where it cannot ask, and so never passes', async () => {
      await using world = await setUp();
      const error = await rejectionOf(run(world, world.cannotAsk));
      expectNamedError(error);
      expectNoSecrets(error, world.context.secrets ?? {});
    });

    it('rejects when it was aborted before', async () => {
      await using world = await setUp();
      expect(await rejectionOf(run(world, world.passing, AbortSignal.abort()))).toBeInstanceOf(Error);
    });

    it('rejects when it is aborted while it waits', async () => {
      await using world = await setUp();
      if (world.endless === undefined) return;
      const controller = new AbortController();
      const rejection = rejectionOf(run(world, world.endless.config, controller.signal));
      await world.endless.begun();
      controller.abort();
      expect(await rejection).toBeInstanceOf(Error);
    });
  });
}
