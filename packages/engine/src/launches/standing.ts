import { type Launch, pending } from '@slipway/core';

/** Whether the launch may still want something: a person, time, or an effect. */
export function isActive(launch: Launch, now: number): boolean {
  if (launch.mode.is !== 'ended') return true;
  const { effects, wakeAt } = pending(launch, now);
  return effects.length > 0 || wakeAt !== null;
}
