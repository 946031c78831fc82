import { DateTime } from 'luxon';
import { isZone } from '../../time/local-time.ts';
import { parseDuration } from '../../text/duration.ts';
import { IcsError } from './ics-error.ts';
import type { Property } from './jcal.ts';

/** A date, or a date and time, of iCalendar. */
export interface Moment {
  /** 2026-12-18, or 2026-12-18T18:00:00 as the wall clock of the zone shows it. */
  readonly local: string;
  readonly isDate: boolean;
  readonly zone: string;
}

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(Z?)$/;

/** Reads a value of a property; what names no zone is meant in `zone`. Throws IcsError. */
export function momentOf(value: unknown, { params }: Pick<Property, 'params'>, zone: string): Moment {
  if (typeof value !== 'string') throw new IcsError('a time in it is no time');
  if (DATE.test(value)) return { local: value, isDate: true, zone };
  const found = TIME.exec(value);
  if (found === null) throw new IcsError('a time in it is no time');
  if (found[1] === 'Z') return { local: value.slice(0, -1), isDate: false, zone: 'UTC' };
  return { local: value, isDate: false, zone: zoneOf(params['tzid'], zone) };
}

/** What another program calls its zones nobody here knows: a wrong guess would move a freeze by hours. */
function zoneOf(named: unknown, zone: string): string {
  if (named === undefined) return zone;
  if (typeof named === 'string' && isZone(named)) return named;
  throw new IcsError(
    `it names the time zone ${JSON.stringify(named).slice(0, 60)}: export it in UTC, or with names such as Europe/Paris`,
  );
}

/** Years in which a freeze can lie. */
const YEARS = { first: 1970, last: 2200 } as const;

/** Epoch ms of a moment, so many days later. Throws IcsError. */
export function instantOfMoment({ local, zone }: Moment, days = 0): number {
  const time = DateTime.fromISO(local, { zone }).plus({ days });
  if (!time.isValid || time.year < YEARS.first || time.year > YEARS.last)
    throw new IcsError(`it has a time that cannot be: ${local.slice(0, 30)}`);
  return time.toMillis();
}

/** `P1DT2H` to milliseconds; throws IcsError where it is no length, or one that goes back. */
export function lengthOf(value: unknown): number {
  const found = typeof value === 'string' ? /^P(?:(\d{1,4}[WD])?)(?:T((?:\d{1,6}[HMS]){1,3}))?$/.exec(value) : null;
  const length = found === null ? null : parseDuration(`${found[1] ?? ''}${found[2] ?? ''}`.toLowerCase());
  if (length === null) throw new IcsError('it has a length that is none');
  return length;
}
