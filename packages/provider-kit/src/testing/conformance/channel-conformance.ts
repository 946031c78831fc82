import { describe, expect, it } from 'vitest';
import type { ChannelProvider, Message } from '../../channel.ts';
import type { Capability } from '../../context.ts';
import { RetryableError } from '../../errors.ts';
import { expectBoundedEvidence, expectNamedError, expectNoSecrets, rejectionOf } from './expectations.ts';
import { itHasAProperSchema } from './provider-schema.ts';
import type { ConformanceWorld } from './world.ts';
import { contextIn } from './world.ts';

/** Configurations as they stand in a plan. */
export interface ChannelWorld extends ConformanceWorld {
  readonly working: unknown;
  /** At which nobody listens; absent for a channel that connects to nothing. */
  readonly refused?: unknown;
  /** That the other side turns down for good. */
  readonly rejected?: unknown;
  /** Whether the channel can tell what it already has. */
  readonly canVerify: boolean;
  /** The messages that arrived, as their readers see them. */
  received(): Promise<readonly string[]>;
}

const MESSAGE: Message = {
  id: '0b5e3c1a-6f1f-5a51-9d5e-000000000001',
  launch: 'checkout-v2',
  title: 'Checkout v2 is live',
  text: 'One-click checkout is on for 100 % of customers.\nMerci à toutes et à tous.',
};
const OTHER: Message = { ...MESSAGE, id: '0b5e3c1a-6f1f-5a51-9d5e-000000000002', title: 'All clear' };

/** What every channel keeps to. `setUp` is called once a test. */
export function describeChannelConformance<Config, Needs extends Capability>(
  provider: ChannelProvider<Config, Needs>,
  setUp: () => Promise<ChannelWorld>,
): void {
  const send = async (world: ChannelWorld, config: unknown, message = MESSAGE, signal?: AbortSignal) =>
    await provider.send(provider.schema.parse(config), message, contextIn(world, provider.needs, signal));
  const verify = async (world: ChannelWorld, message = MESSAGE) =>
    await provider.verify(provider.schema.parse(world.working), message, contextIn(world, provider.needs));

  describe(`channel ${provider.name} conforms`, () => {
    itHasAProperSchema(provider);

    it('delivers each message once, whole', async () => {
      await using world = await setUp();
      await send(world, world.working);
      await send(world, world.working, OTHER);
      const received = await world.received();
      expect(received).toHaveLength(2);
      for (const line of [MESSAGE.title, ...MESSAGE.text.split('\n')]) expect(received[0]).toContain(line);
      expect(received[1]).toContain(OTHER.title);
    });

    it('answers for the message that is asked about, or says that it cannot tell', async () => {
      await using world = await setUp();
      const before = await verify(world);
      await send(world, world.working);
      const [after, other] = [await verify(world), await verify(world, OTHER)];
      const expected = world.canVerify ? ['no', 'yes', 'no'] : ['unknown', 'unknown', 'unknown'];
      expect([before.done, after.done, other.done]).toEqual(expected);
      if (after.done === 'yes') expectBoundedEvidence(after.evidence);
      expect(await world.received()).toHaveLength(1);
    });

    it('rejects with RetryableError when nobody listens', async () => {
      await using world = await setUp();
      if (world.refused === undefined) return;
      const error = await rejectionOf(send(world, world.refused));
      expect(error).toBeInstanceOf(RetryableError);
      expectNamedError(error);
      expectNoSecrets(error, world.context.secrets ?? {});
    });

    it('rejects with a named error, without a secret, when it is turned down', async () => {
      await using world = await setUp();
      if (world.rejected === undefined) return;
      const error = await rejectionOf(send(world, world.rejected));
      expectNamedError(error);
      expect(error).not.toBeInstanceOf(RetryableError);
      expectNoSecrets(error, world.context.secrets ?? {});
    });

    it('sends nothing when it was aborted before', async () => {
      await using world = await setUp();
      await rejectionOf(send(world, world.working, MESSAGE, AbortSignal.abort()));
      expect(await world.received()).toEqual([]);
    });
  });
}
