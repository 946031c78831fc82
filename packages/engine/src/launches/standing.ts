import { type Launch, pending } from '@slipway/core';

/** Whether the launch may still want something: a person, time, or an effect. */
export function isActive(launch: Launch, now: number): boolean {
  if (launch.mode.is !== 'ended') return true;
  const { effects, wakeAt } = pending(launch, now);
  return effects.length > 0 || wakeAt !== null;
}

/** Scrubbed and rolled back are its end: that must be recorded, too. */
export function isOnWayBack({ mode }: Launch): boolean {
  switch (mode.is) {
    case 'running':
    case 'held':
      return false;
    case 'stopping':
    case 'undoing':
    case 'incomplete':
      return true;
    case 'ended':
      return mode.cause !== null;
  }
}
