import type { Recorded } from '@slipway/core';
import type { Fault } from '../scenario/fault.ts';

/** Whether this event tells that the fault has come about, where nobody who made it come about can say so. */
export function isMet(fault: Fault, { event, at }: Recorded): boolean {
  if (fault.kind === 'expire') return event.type === 'votes-expired' && event.step === fault.step;
  if (fault.kind === 'choose') return event.type === 'scenario-chosen' && event.scenario === fault.scenario;
  if (fault.kind !== 'freeze' || at < fault.from) return false;
  if (event.type === 'held') return event.cause.kind === 'freeze';
  return event.type === 'window-changed' && !event.opening.allowed && event.opening.freeze !== null;
}
