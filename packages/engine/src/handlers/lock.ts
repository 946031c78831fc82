import { reasonOf } from '@slipway/provider-kit';
import type { Clock } from '../ports/clock.ts';
import type { Leases } from '../ports/leases.ts';
import { placeOf } from '../providers/provider-access.ts';
import { Deadlock } from './deadlock.ts';
import { done, type EffectContext, type Handlers, runAgain } from './handler.ts';

/** How long an environment stays locked after the last word of its launch, and how often a lease is asked for or renewed, in milliseconds. */
export const LEASE_TTL = 60_000;
const ASK_AGAIN = 1_000;

export function lockHandler(leases: Leases, clock: Clock): Handlers['lock'] {
  const untilHeld = async (environment: string, { launch, signal, say }: EffectContext): Promise<void> => {
    for (;;) {
      signal.throwIfAborted();
      try {
        const lease = await leases.acquire(placeOf(launch, environment), launch.id, {
          now: clock.now(),
          ttl: LEASE_TTL,
        });
        if (lease.held) return;
        if (lease.deadlock.length > 0) throw new Deadlock(lease.deadlock);
        say(`waits for ${environment}: launch ${lease.by} holds it`);
      } catch (error) {
        if (error instanceof Deadlock) throw error;
        // A database that is gone for a moment is no failure of the step, which might turn the launch back.
        say(`waits for ${environment}: who holds it cannot be asked (${reasonOf(error)})`);
      }
      await clock.sleep(ASK_AGAIN, signal);
    }
  };
  return {
    run: async ({ environment }, context) => {
      try {
        await untilHeld(environment, context);
      } catch (error) {
        // Nobody else must see a ring through a launch that does not ask any more. Where this fails too, a way back and an end drop it.
        await leases.giveUp(placeOf(context.launch, environment), context.launch.id).catch(() => {});
        throw error;
      }
      return done(`${environment} is ours alone`);
    },
    verify: runAgain,
    idempotent: () => true,
  };
}
