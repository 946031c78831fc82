import { RetryableError, type Split, TerminalError } from '@slipway/provider-kit';
import type { ProviderAccess } from '../providers/provider-access.ts';
import { done, type EffectContext, type Handlers, runAgain } from './handler.ts';
import { describeWeights, setSplit } from './set-split.ts';

export function shiftHandler(access: ProviderAccess): Handlers['shift'] {
  return {
    run: async ({ environment, weights }, context) => {
      const router = await access.router(environment, context);
      if (router === null) throw new TerminalError(`${environment} has no router to shift traffic with`);
      const backends = await backendsOf(access, { environment, weights }, context);
      const after = await setSplit(router, backends, context);
      return done(`${environment}: ${describeWeights(after.weights)}`);
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
  if (Object.keys(weights).length === 0) return {};
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
