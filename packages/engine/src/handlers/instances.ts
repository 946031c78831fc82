import { RetryableError, type VersionState } from '@slipway/provider-kit';
import type { ProviderAccess } from '../providers/provider-access.ts';
import { type Done, done, type Handlers, runAgain } from './handler.ts';

export function startHandler(access: ProviderAccess): Handlers['start'] {
  return {
    run: async ({ environment, version }, context) => {
      context.say(`starts ${version} in ${environment}`);
      const target = await access.target(environment, version, context);
      return started(await target.provider.start(target.config, target.place, version, target.context), environment);
    },
    verify: runAgain,
    idempotent: () => true,
  };
}

export function stopHandler(access: ProviderAccess): Handlers['stop'] {
  return {
    run: async ({ environment, version }, context) => {
      context.say(`drains and stops ${version} in ${environment}`);
      const target = await access.target(environment, version, context);
      await target.provider.stop(target.config, target.place, version, target.context);
      return done(`${version} no longer runs in ${environment}`);
    },
    verify: runAgain,
    idempotent: () => true,
  };
}

/** Rejects with RetryableError unless there are instances and every one is ready: a version that is not must get no traffic. */
export function started(state: VersionState, environment: string): Done {
  const count = state.instances.length;
  const unready = state.instances.filter((instance) => !instance.ready).map((instance) => instance.id);
  if (count === 0) throw new RetryableError(`no instance of ${state.version} runs in ${environment}`);
  if (unready.length > 0)
    throw new RetryableError(`not ready in ${environment}: ${unready.join(', ')} of ${state.version}`);
  const items = state.instances.map((instance) => ({
    asked: `instance ${instance.id}`,
    found: 'ready',
    expected: 'ready',
    verdict: 'pass' as const,
  }));
  return done(`${count} ${count === 1 ? 'instance' : 'instances'} of ${state.version} ready in ${environment}`, items);
}
