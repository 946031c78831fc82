import { type RouterProvider, type RouterState, type Split, TerminalError } from '@slipway/provider-kit';
import type { PlaceUse } from '../providers/provider-access.ts';
import type { EffectContext } from './handler.ts';

/** How often a way back tries against another writer of the same router. */
const MOST_RACES = 5;

/** Reads, then writes the next revision: a worker that stalled in between is refused by the router. */
export async function setSplit(
  router: PlaceUse<RouterProvider>,
  wanted: Omit<Split, 'revision'>,
  { effect }: EffectContext,
): Promise<RouterState> {
  const races = effect.id.startsWith('~undo:') ? MOST_RACES : 1;
  for (let race = 1; ; race += 1) {
    const before = await router.provider.inspect(router.config, router.place, router.context);
    // Also where the router could never be started, as on a port that is taken: what has no traffic needs none taken away.
    if (isEmpty(wanted.backends) && isEmpty(before.weights)) return before;
    const split: Split = { revision: before.revision + 1, ...wanted };
    try {
      return await router.provider.shift(router.config, router.place, split, router.context);
    } catch (error) {
      if (!(error instanceof TerminalError) || race >= races) throw error;
    }
  }
}

/** Per cent of traffic by version. */
export function weightsOf(backends: Split['backends']): RouterState['weights'] {
  return Object.fromEntries(Object.entries(backends).map(([version, { weight }]) => [version, weight]));
}

/** The split in words. */
export function describeWeights(weights: RouterState['weights']): string {
  const parts = Object.entries(weights).map(([version, weight]) => `${weight} % on ${version}`);
  return parts.length === 0 ? 'no traffic routed' : parts.join(', ');
}

function isEmpty(map: Readonly<Record<string, unknown>>): boolean {
  return Object.keys(map).length === 0;
}
