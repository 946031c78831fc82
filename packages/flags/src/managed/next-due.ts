import type { FlagSet } from './flag-set.ts';

/** When the next scheduled change is due, epoch ms; null: none is scheduled. It may be in the past. */
export function nextDue(set: FlagSet): number | null {
  return set.scheduled.reduce<number | null>((least, { at }) => (least === null || at < least ? at : least), null);
}
