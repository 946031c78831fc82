import { type Clock, type Engine, type Leases, placeOf, providerDirectory } from '@slipway/engine';
import { builtinRouter, processTarget, shutdownEnvironment, shutdownRouter } from '@slipway/providers';

export interface ShutdownPorts {
  readonly launches: Pick<Engine, 'listActive' | 'find'>;
  readonly leases: Leases;
  readonly clock: Clock;
  /** Stops what runs in a place. */
  readonly stop: (place: string) => Promise<void>;
}

/** In whose name the place is locked meanwhile: no launch's id has a tilde. */
const HOLDER = '~shutdown';
/** Longer than a router and its instances are given to end, in milliseconds. */
const LEASE_TTL = 120_000;

/**
 * Stops what runs in a place, unless a launch is at work there: answers with that launch's id, having stopped nothing. null: it
 * is stopped. The place is locked as a launch locks it, so that none begins there meanwhile; one call at a time.
 */
export async function shutDownIfFree(ports: ShutdownPorts, place: string): Promise<string | null> {
  const { leases, clock, stop } = ports;
  const lease = await leases.acquire(place, HOLDER, { now: clock.now(), ttl: LEASE_TTL });
  if (!lease.held) {
    // It does not wait: whoever waits for a place that is being stopped must not see a ring through it.
    await leases.giveUp(place, HOLDER);
    return lease.by;
  }
  try {
    // A lease may be lost; what an active launch has changed stays its own until it ends.
    const holder = await launchThatChanged(ports, place);
    if (holder === null) await stop(place);
    return holder;
  } finally {
    await leases.release(HOLDER);
  }
}

async function launchThatChanged({ launches }: ShutdownPorts, place: string): Promise<string | null> {
  for (const { id } of await launches.listActive()) {
    const launch = await launches.find(id);
    if (launch === null || launch.mode.is === 'ended') continue;
    const changed = launch.touched.some((step) => {
      const found = launch.plan.steps[step];
      return (found?.kind === 'deploy' || found?.kind === 'rollout') && placeOf(launch, found.environment) === place;
    });
    if (changed) return id;
  }
  return null;
}

/** Stops what this machine runs of an environment: the router first, so that nobody is sent to instances that are going. */
export async function shutdownLocalEnvironment(dataDirectory: string, environment: string): Promise<void> {
  await shutdownRouter(providerDirectory(dataDirectory, builtinRouter), environment);
  await shutdownEnvironment(providerDirectory(dataDirectory, processTarget), environment);
}
