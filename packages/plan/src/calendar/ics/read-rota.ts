import type { Span } from '../../model/calendar.ts';
import { type Occurrence, type Reading, spansOf } from './event-spans.ts';
import { IcsError } from './ics-error.ts';
import { type Component, propertiesOf, textOf } from './jcal.ts';
import { instantOfMoment, momentOf } from './moment.ts';
import { entriesOf, ICS_LIMITS, titleOf } from './read-ics.ts';

/** Somebody's time on call. */
export interface Shift extends Span {
  /** Those invited who did not decline; where nobody is, the title of the event. */
  readonly who: readonly string[];
  readonly title: string;
}

export interface RotaContext {
  /** What times without a zone mean. */
  readonly zone: string;
  /** Epoch ms: shifts that touch no moment between them are left out. */
  readonly from: number;
  readonly to: number;
}

export type RotaResult =
  | { readonly ok: true; readonly shifts: readonly Shift[] }
  | { readonly ok: false; readonly reason: string };

/**
 * Who is on call when, by an iCalendar file: its events that are not cancelled. An occurrence that was moved or given to somebody else
 * counts as it became, and not as it was. In the order of their beginnings. Bounded by ICS_LIMITS; never throws on any text. A file that
 * is not understood in all is refused.
 */
export function readRota(text: string, context: RotaContext): RotaResult {
  if (new TextEncoder().encode(text).length > ICS_LIMITS.bytes) return { ok: false, reason: 'it has more than 1 MB' };
  try {
    return { ok: true, shifts: shiftsOf(entriesOf(text), context) };
  } catch (error) {
    return { ok: false, reason: error instanceof IcsError ? error.message : 'it is not iCalendar' };
  }
}

function shiftsOf(entries: readonly Component[], { zone, from, to }: RotaContext): readonly Shift[] {
  const events = entries.filter(({ name }) => name === 'vevent');
  const reading: Reading = { zone, to, budget: { occurrences: ICS_LIMITS.occurrences } };
  const replaced = new Set(events.flatMap((event) => replacedBy(event, zone)));
  const found = events.flatMap((event): readonly Shift[] => {
    if (textOf(event, 'status')?.toUpperCase() === 'CANCELLED') return [];
    const who = peopleOf(event);
    const title = titleOf(event);
    const times = isReplacement(event) ? movedTime(event, reading) : spansOf(event, reading);
    return times.flatMap((span): readonly Shift[] => {
      const isGone = !isReplacement(event) && replaced.has(keyOf(event, span.start));
      return isGone || span.from >= to || span.to <= from ? [] : [{ from: span.from, to: span.to, who, title }];
    });
  });
  return found.filter((shift) => shift.to > shift.from).toSorted((one, other) => one.from - other.from);
}

const isReplacement = (event: Component): boolean => propertiesOf(event, 'recurrence-id').length > 0;

/** It comes once, whatever the event comes back to that it was taken from. */
function movedTime(event: Component, reading: Reading): readonly Occurrence[] {
  const properties = event.properties.filter(({ name }) => name !== 'rrule' && name !== 'rdate');
  return spansOf({ ...event, properties }, reading);
}

/** Which occurrence of an event stands elsewhere. Whoever took over one shift must not be missed, nor whoever gave it away be counted. */
function replacedBy(event: Component, zone: string): readonly string[] {
  return propertiesOf(event, 'recurrence-id').map((property) => {
    if (property.params['range'] !== undefined)
      throw new IcsError('it has a change of all that follows of an event: that is not understood');
    const moment = momentOf(property.values[0], property, zone);
    const start = propertiesOf(event, 'dtstart')[0];
    if (start !== undefined && momentOf(start.values[0], start, zone).isDate !== moment.isDate)
      throw new IcsError('it has an event that was moved from a day to an hour: that is not understood');
    return keyOf(event, instantOfMoment(moment));
  });
}

function keyOf(event: Component, start: number): string {
  return `${start} ${textOf(event, 'uid') ?? ''}`;
}

const MOST_PEOPLE = 20;

const THINGS: ReadonlySet<string> = new Set(['ROOM', 'RESOURCE']);

/** Names where there are any, else addresses. Nobody where everybody declined; a room that accepted is nobody. */
function peopleOf(event: Component): readonly string[] {
  const invited = propertiesOf(event, 'attendee').filter(
    ({ params }) => !THINGS.has(String(params['cutype']).toUpperCase()),
  );
  if (invited.length === 0) return [titleOf(event)].filter((title) => title !== UNTITLED);
  const coming = invited.filter(({ params }) => String(params['partstat']).toUpperCase() !== 'DECLINED');
  const names = coming.map(({ params, values }) => {
    const name = typeof params['cn'] === 'string' ? plainName(params['cn']) : '';
    return name === '' ? plainName(String(values[0]).replace(/^mailto:/i, '')) : name;
  });
  return names.filter((name) => name !== '').slice(0, MOST_PEOPLE);
}

const plainName = (text: string): string =>
  text
    .replaceAll(/\p{Cc}+/gu, ' ')
    .trim()
    .slice(0, 200);

/** What an event without a title is called: nobody's name. */
const UNTITLED = 'busy';
