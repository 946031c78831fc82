import ICAL from 'ical.js';
import type { Freeze } from '../../model/calendar.ts';
import { type Reading, spansOf } from './event-spans.ts';
import { IcsError } from './ics-error.ts';
import { type Component, componentsOf, type Property, propertiesOf, textOf } from './jcal.ts';
import { instantOfMoment, lengthOf, momentOf } from './moment.ts';

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
    return { ok: true, freezes: freezesOf(entriesOf(text), context) };
  } catch (error) {
    return { ok: false, reason: error instanceof IcsError ? error.message : 'it is not iCalendar' };
  }
}

/** The events and free-busy times of an iCalendar file. Throws IcsError where there are too many, or no calendar. */
export function entriesOf(text: string): readonly Component[] {
  const calendars = componentsOf(ICAL.parse(text)).filter(({ name }) => name === 'vcalendar');
  if (calendars.length === 0) throw new IcsError('it holds no calendar');
  const components = calendars.flatMap((calendar) => calendar.components);
  const entries = components.filter(({ name }) => name === 'vevent' || name === 'vfreebusy');
  if (entries.length > ICS_LIMITS.events) throw new IcsError('it has more than 5,000 events');
  return entries;
}

function freezesOf(entries: readonly Component[], context: IcsContext): readonly Freeze[] {
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
  const because = titleOf(event);
  return spansOf(event, reading).map(({ from, to }) => ({ from, to, because }));
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

/** It is shown in terminals, on one line; `busy` where it has none. */
export function titleOf(component: Component): string {
  const title = (textOf(component, 'summary') ?? '').replaceAll(/\p{Cc}+/gu, ' ').trim();
  return title === '' ? 'busy' : title.slice(0, 200);
}
