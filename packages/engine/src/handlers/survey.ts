import { TerminalError } from '@slipway/provider-kit';
import type { Caller, ProviderAccess } from '../providers/provider-access.ts';
import { done, type Handlers, runAgain } from './handler.ts';

export function surveyHandler(access: ProviderAccess): Handlers['survey'] {
  return {
    run: async ({ environment }, context) => {
      const current = await currentVersion(access, environment, context);
      const { evidence } = done(current === null ? `nothing runs in ${environment}` : `${environment} runs ${current}`);
      return { evidence, data: { kind: 'survey', current } };
    },
    verify: runAgain,
    idempotent: () => true,
  };
}

/** The version that serves an environment; null: none. Two at once is a state that only a person can judge. */
export async function currentVersion(
  access: ProviderAccess,
  environment: string,
  context: Caller,
): Promise<string | null> {
  const router = await access.router(environment, context);
  if (router !== null) {
    const { weights } = await router.provider.inspect(router.config, router.place, router.context);
    const serving = Object.entries(weights).flatMap(([version, weight]) => (weight > 0 ? [version] : []));
    if (serving.length > 0) return only(serving, environment);
  }
  const target = await access.target(environment, null, context);
  const state = await target.provider.inspect(target.config, target.place, target.context);
  const running = state.versions.filter((version) => version.instances.length > 0).map((version) => version.version);
  return running.length === 0 ? null : only(running, environment);
}

function only(versions: readonly string[], environment: string): string {
  const [version, other] = versions;
  if (version === undefined || other !== undefined) {
    throw new TerminalError(
      `${versions.join(' and ')} serve ${environment} at the same time: end that first, then retry`,
    );
  }
  return version;
}
