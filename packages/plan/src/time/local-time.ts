import { DateTime, IANAZone } from 'luxon';

/** A local date and time without an offset, to the minute or the second. */
export const LOCAL_TIME = /^\d{4}-\d{2}-\d{2}T(?:[01]\d|2[0-3]):\d{2}(?::\d{2})?$/;

/** Whether `zone` names a time zone, e.g. `Europe/Paris`. */
export function isZone(zone: string): boolean {
  return IANAZone.isValidZone(zone);
}

/** Epoch ms as people of a zone write it, to the minute: 2026-11-24 10:00. */
export function formatLocalTime(at: number, zone: string): string {
  return DateTime.fromMillis(at, { zone }).toFormat('yyyy-MM-dd HH:mm');
}

export type Instant = { readonly ok: true; readonly at: number } | { readonly ok: false; readonly reason: string };

/**
 * A local time in a zone to epoch milliseconds.
 * A time that the clocks skip (spring) is an error; of a time that they show twice (autumn) the earlier one is meant.
 */
export function instantOf(local: string, zone: string): Instant {
  if (!isZone(zone)) return { ok: false, reason: `there is no time zone "${zone}"` };
  const time = DateTime.fromISO(local, { zone });
  if (!LOCAL_TIME.test(local) || !time.isValid) return { ok: false, reason: `"${local}" is not a date and time` };
  if (!time.toISO({ includeOffset: false }).startsWith(local)) {
    return { ok: false, reason: `the clocks in ${zone} skip ${local}` };
  }
  return { ok: true, at: Math.min(...time.getPossibleOffsets().map((possible) => possible.toMillis())) };
}

/** Epoch milliseconds as people of a zone read them, to the second, with the offset: `2026-11-24T10:00:00+01:00`. */
export function instantText(at: number, zone: string): string {
  const time = DateTime.fromMillis(at, { zone });
  return time.isValid ? time.toISO({ suppressMilliseconds: true, precision: 'second' }) : String(at);
}
