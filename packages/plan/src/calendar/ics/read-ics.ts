import ICAL from 'ical.js';
import type { Freeze } from '../../model/calendar.ts';
import { IcsError } from './ics-error.ts';
import { type Component, componentsOf, type Property, propertiesOf, textOf } from './jcal.ts';
import { instantOfMoment, lengthOf, type Moment, momentOf } from './moment.ts';
import { type Budget, occurrences } from './recurrence.ts';

/** What one file may be at most. */
export const ICS_LIMITS = {
  /** UTF-8 bytes. */
  bytes: 1_000_000,
  events: 5_000,
  /** Of all events together. */
  occurrences: 10_000,
} as const;

const DAY = 86_400_000;

export interface IcsContext {
  /** What times without a zone mean. */
  readonly zone: string;
  /** Epoch ms: what was over a day before is left out, and what comes back is followed for a year. */
  readonly from: number;
}

export type IcsResult =
  | { readonly ok: true; readonly freezes: readonly Freeze[] }
  | { readonly ok: false; readonly reason: string };

/**
 * The busy times of an iCalendar file as freezes: events that take up time and are not cancelled, and free-busy times. An occurrence that
 * was moved counts at both of its times. Bounded by ICS_LIMITS; never throws on any text. A file that is not understood in all is refused.
 */
export function readIcs(text: string, context: IcsContext): IcsResult {
  if (new TextEncoder().encode(text).length > ICS_LIMITS.bytes) return { ok: false, reason: 'it has more than 1 MB' };
  try {
    return { ok: true, freezes: freezesOf(parse(text), context) };
  } catch (error) {
    return { ok: false, reason: error instanceof IcsError ? error.message : 'it is not iCalendar' };
  }
}

function parse(text: string): readonly Component[] {
  const calendars = componentsOf(ICAL.parse(text)).filter(({ name }) => name === 'vcalendar');
  if (calendars.length === 0) throw new IcsError('it holds no calendar');
  return calendars.flatMap(({ components }) => components);
}

interface Reading extends IcsContext {
  readonly to: number;
  readonly budget: Budget;
}

function freezesOf(components: readonly Component[], context: IcsContext): readonly Freeze[] {
  const entries = components.filter(({ name }) => name === 'vevent' || name === 'vfreebusy');
  if (entries.length > ICS_LIMITS.events) throw new IcsError('it has more than 5,000 events');
  const reading: Reading = {
    ...context,
    to: context.from + 366 * DAY,
    budget: { occurrences: ICS_LIMITS.occurrences },
  };
  const found = entries.flatMap((entry) =>
    entry.name === 'vevent' ? eventTimes(entry, reading) : busyTimes(entry, reading),
  );
  return found.filter(({ from, to }) => from < to && to > context.from - DAY && from <= reading.to);
}

function eventTimes(event: Component, reading: Reading): readonly Freeze[] {
  if (textOf(event, 'status') === 'CANCELLED' || textOf(event, 'transp') === 'TRANSPARENT') return [];
  const first = propertiesOf(event, 'dtstart')[0];
  if (first === undefined) throw new IcsError('it has an event without a beginning');
  const start = momentOf(first.values[0], first, reading.zone);
  const length = lengthOfEvent(event, start, reading.zone);
  const left = new Set(momentsOf(propertiesOf(event, 'exdate'), reading).map((moment) => instantOfMoment(moment)));
  const because = titleOf(event);
  return startsOf(event, start, reading).flatMap((moment): readonly Freeze[] => {
    const from = instantOfMoment(moment);
    if (left.has(from)) return [];
    const to = 'days' in length ? instantOfMoment(moment, length.days) : from + length.ms;
    return [{ from, to, because }];
  });
}

function startsOf(event: Component, start: Moment, { zone, to, budget }: Reading): readonly Moment[] {
  const rules = propertiesOf(event, 'rrule').flatMap(({ values }) => values);
  const repeated = rules.flatMap((rule) => occurrences(start, rule, { to, budget }));
  const extra = momentsOf(propertiesOf(event, 'rdate'), { zone });
  const all = new Map([start, ...repeated, ...extra].map((moment) => [instantOfMoment(moment), moment]));
  return [...all.values()];
}

function momentsOf(properties: readonly Property[], { zone }: { readonly zone: string }): readonly Moment[] {
  return properties.flatMap((property) =>
    property.values.map((value) => momentOf(Array.isArray(value) ? value[0] : value, property, zone)),
  );
}

type Length = { readonly days: number } | { readonly ms: number };

/** Whole days follow the wall clock. */
function lengthOfEvent(event: Component, start: Moment, zone: string): Length {
  const end = propertiesOf(event, 'dtend')[0];
  if (end !== undefined) {
    const moment = momentOf(end.values[0], end, zone);
    const ms = instantOfMoment(moment) - instantOfMoment(start);
    return start.isDate && moment.isDate ? { days: Math.round(ms / DAY) } : { ms };
  }
  const duration = propertiesOf(event, 'duration')[0];
  if (duration !== undefined) return { ms: lengthOf(duration.values[0]) };
  return start.isDate ? { days: 1 } : { ms: 0 };
}

function busyTimes(entry: Component, { zone }: Reading): readonly Freeze[] {
  return propertiesOf(entry, 'freebusy')
    .filter(({ params }) => params['fbtype'] !== 'FREE')
    .flatMap((property) => property.values.map((value) => periodOf(value, property, zone)))
    .map((period) => ({ ...period, because: titleOf(entry) }));
}

function periodOf(value: unknown, property: Property, zone: string): { readonly from: number; readonly to: number } {
  const [start, end]: readonly unknown[] = Array.isArray(value) ? value : String(value).split('/');
  const from = instantOfMoment(momentOf(start, property, zone));
  if (typeof end === 'string' && end.startsWith('P')) return { from, to: from + lengthOf(end) };
  return { from, to: instantOfMoment(momentOf(end, property, zone)) };
}

/** It is shown in terminals, on one line. */
function titleOf(component: Component): string {
  const title = (textOf(component, 'summary') ?? '').replaceAll(/\p{Cc}+/gu, ' ').trim();
  return title === '' ? 'busy' : title.slice(0, 200);
}
