import { RetryableError, type Split, TerminalError } from '@slipway/provider-kit';
import type { ProviderAccess } from '../providers/provider-access.ts';
import { done, type EffectContext, type Handlers, runAgain } from './handler.ts';

/** How often a way back tries against another writer of the same router. */
const MOST_RACES = 5;

export function shiftHandler(access: ProviderAccess): Handlers['shift'] {
  return {
    run: async ({ environment, weights }, context) => {
      const router = await access.router(environment, context);
      if (router === null) throw new TerminalError(`${environment} has no router to shift traffic with`);
      const backends = await backendsOf(access, { environment, weights }, context);
      const races = context.effect.id.startsWith('~undo:') ? MOST_RACES : 1;
      for (let race = 1; ; race += 1) {
        // Read, then write the next revision: a worker that stalled in between is refused by the router.
        const before = await router.provider.inspect(router.config, router.place, router.context);
        // Also where the router could never be started, as on a port that is taken: what has no traffic needs none taken away.
        if (isEmpty(weights) && isEmpty(before.weights)) return done(`${environment}: ${describe({})}`);
        const split: Split = { revision: before.revision + 1, backends };
        try {
          const after = await router.provider.shift(router.config, router.place, split, router.context);
          return done(`${environment}: ${describe(after.weights)}`);
        } catch (error) {
          if (!(error instanceof TerminalError) || race >= races) throw error;
        }
      }
    },
    verify: runAgain,
    idempotent: () => true,
  };
}

interface Wanted {
  readonly environment: string;
  readonly weights: Readonly<Record<string, number>>;
}

/** Traffic goes only to instances that answer as ready now. */
async function backendsOf(access: ProviderAccess, wanted: Wanted, context: EffectContext): Promise<Split['backends']> {
  const { environment, weights } = wanted;
  if (isEmpty(weights)) return {};
  const target = await access.target(environment, null, context);
  const state = await target.provider.inspect(target.config, target.place, target.context);
  const backends: Record<string, Split['backends'][string]> = {};
  for (const [version, weight] of Object.entries(weights)) {
    const instances = state.versions.find((candidate) => candidate.version === version)?.instances ?? [];
    const addresses = instances.filter((instance) => instance.ready).map((instance) => instance.address);
    if (addresses.length === 0)
      throw new RetryableError(`no instance of ${version} is ready in ${environment}: it gets no traffic`);
    backends[version] = { weight, addresses };
  }
  return backends;
}

function isEmpty(weights: Readonly<Record<string, number>>): boolean {
  return Object.keys(weights).length === 0;
}

function describe(weights: Readonly<Record<string, number>>): string {
  const parts = Object.entries(weights).map(([version, weight]) => `${weight} % on ${version}`);
  return parts.length === 0 ? 'no traffic routed' : parts.join(', ');
}
