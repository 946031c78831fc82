import { DateTime } from 'luxon';

/** What clocks and calendars on the wall show. */
export interface WallClock {
  /** Such as 2026-11-24. */
  readonly date: string;
  /** ISO: 1 is Monday, 7 Sunday. */
  readonly weekday: number;
  /** Whole minutes since the wall clock showed midnight, 0..1439. */
  readonly minute: number;
}

export function wallClock(zone: string, instant: number): WallClock {
  const time = DateTime.fromMillis(instant, { zone });
  return { date: dateOf(time), weekday: time.weekday, minute: time.hour * 60 + time.minute };
}

function dateOf(time: DateTime): string {
  return time.toFormat('yyyy-MM-dd');
}

/** The date so many days later, or earlier. */
export function shiftDate(date: string, days: number): string {
  return dateOf(DateTime.fromISO(date, { zone: 'utc' }).plus({ days }));
}

/** Epoch ms at which a date begins; where clocks skip its midnight, what they show next. */
export function startOfDate(date: string, zone: string): number {
  return DateTime.fromISO(date, { zone }).startOf('day').toMillis();
}

/** Milliseconds that the clocks of a zone are ahead of UTC. */
export function offsetAt(zone: string, instant: number): number {
  return DateTime.fromMillis(instant, { zone }).offset * 60_000;
}
