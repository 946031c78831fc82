import type { ProviderAccess } from '../providers/provider-access.ts';
import type { Place } from './environment-keeper.ts';

/** Asks router and target of an environment what there is; each of them starts again what should be there and is not. */
export async function inspectEnvironment(
  access: ProviderAccess,
  place: Pick<Place, 'launch' | 'environment'>,
  signal: AbortSignal,
): Promise<void> {
  const { launch, environment } = place;
  const caller = { launch, effect: { id: '~inspect' }, attempt: 1, signal, say: () => {} };
  const target = await access.target(environment, null, caller);
  await target.provider.inspect(target.config, target.place, target.context);
  const router = await access.router(environment, caller);
  await router?.provider.inspect(router.config, router.place, router.context);
}
