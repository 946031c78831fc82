import { dateAndTime } from './numbers.ts';

/** Epoch ms as `2026-11-24 12:03:11` in the zone of this machine. */
export function localTime(at: number): string {
  return dateAndTime(at, Intl.DateTimeFormat().resolvedOptions().timeZone);
}
