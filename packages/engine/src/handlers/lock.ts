import { placeOf } from '../providers/provider-access.ts';
import type { Clock } from '../ports/clock.ts';
import type { Leases } from '../ports/leases.ts';
import { done, type Handlers, runAgain } from './handler.ts';

/** How long an environment stays locked after the last word of its launch, and how often a lease is asked for or renewed, in milliseconds. */
export const LEASE_TTL = 60_000;
const ASK_AGAIN = 1_000;

export function lockHandler(leases: Leases, clock: Clock): Handlers['lock'] {
  return {
    run: async ({ environment }, { launch, signal, say }) => {
      for (;;) {
        signal.throwIfAborted();
        const lease = await leases.acquire(placeOf(launch, environment), launch.id, {
          now: clock.now(),
          ttl: LEASE_TTL,
        });
        if (lease.held) return done(`${environment} is ours alone`);
        say(`waits for ${environment}: launch ${lease.by} holds it`);
        await clock.sleep(ASK_AGAIN, signal);
      }
    },
    verify: runAgain,
    idempotent: () => true,
  };
}
