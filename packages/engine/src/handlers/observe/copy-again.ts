import type { ObserveWork, ShiftWork } from '@slipway/core';
import type { ProviderAccess } from '../../providers/provider-access.ts';
import type { EffectContext } from '../handler.ts';
import { splitFor } from '../shift.ts';
import { withinLimit } from './within-limit.ts';

/**
 * Sets once more what a router has forgotten altogether, as where it was started without its state: all traffic on the old version,
 * and copies to the new one, whom nobody meets by it. One that routes anything is left alone: somebody has set that. False where
 * there was nothing to do. Rejects where the router could not be told, and after the time for a reading.
 */
export async function copyAgain(access: ProviderAccess, work: ObserveWork, context: EffectContext): Promise<boolean> {
  const { environment, oldVersion, mirror } = work;
  if (mirror === undefined || oldVersion === null) return false;
  const shift: ShiftWork = { kind: 'shift', environment, weights: { [oldVersion]: 100 }, mirror };
  return await withinLimit(access.machine.clock, context.signal, (signal) =>
    setAgain(access, shift, { ...context, signal }),
  );
}

async function setAgain(access: ProviderAccess, shift: ShiftWork, context: EffectContext): Promise<boolean> {
  const router = await access.router(shift.environment, context);
  if (router === null) return false;
  const { provider, config, place } = router;
  const { weights, revision } = await provider.inspect(config, place, router.context);
  if (Object.keys(weights).length > 0) return false;
  const split = await splitFor(access, shift, context);
  context.signal.throwIfAborted();
  // The revision that was just seen to be empty: where a way back was faster, the router refuses this one.
  await provider.shift(config, place, { revision: revision + 1, ...split }, router.context);
  return true;
}
