import { reasonOf } from '@slipway/provider-kit';
import type { EffectWork, Launch } from '@slipway/core';
import type { Clock } from '../ports/clock.ts';
import type { Leases } from '../ports/leases.ts';
import { placeOf } from '../providers/provider-access.ts';
import { Deadlock } from './deadlock.ts';
import { done, type EffectContext, type Handlers, runAgain } from './handler.ts';

/** How long an environment stays locked after the last word of its launch, and how often a lease is asked for or renewed, in milliseconds. */
export const LEASE_TTL = 60_000;
const ASK_AGAIN = 1_000;

/** A lease of its own for each flag: several launches may ramp flags of one environment, and none of them changes its versions. */
function leaseOf(launch: Launch, { environment, flag }: Named): string {
  const place = placeOf(launch, environment);
  return flag === undefined ? place : `${place}/${flag}`;
}

type Named = Pick<Extract<EffectWork, { kind: 'lock' }>, 'environment' | 'flag'>;

const wordsOf = ({ environment, flag }: Named): string =>
  flag === undefined ? environment : `${flag} in ${environment}`;

export function lockHandler(leases: Leases, clock: Clock): Handlers['lock'] {
  const untilHeld = async (named: Named, { launch, signal, say }: EffectContext): Promise<void> => {
    const what = wordsOf(named);
    for (;;) {
      signal.throwIfAborted();
      try {
        const lease = await leases.acquire(leaseOf(launch, named), launch.id, {
          now: clock.now(),
          ttl: LEASE_TTL,
        });
        if (lease.held) return;
        if (lease.deadlock.length > 0) throw new Deadlock(lease.deadlock);
        say(`waits for ${what}: launch ${lease.by} holds it`);
      } catch (error) {
        if (error instanceof Deadlock) throw error;
        // A database that is gone for a moment is no failure of the step, which might turn the launch back.
        say(`waits for ${what}: who holds it cannot be asked (${reasonOf(error)})`);
      }
      await clock.sleep(ASK_AGAIN, signal);
    }
  };
  return {
    run: async (work, context) => {
      try {
        await untilHeld(work, context);
      } catch (error) {
        // Nobody else must see a ring through a launch that does not ask any more. Where this fails too, a way back and an end drop it.
        await leases.giveUp(leaseOf(context.launch, work), context.launch.id).catch(() => {});
        throw error;
      }
      return done(`${wordsOf(work)} is ours alone`);
    },
    verify: runAgain,
    idempotent: () => true,
  };
}
