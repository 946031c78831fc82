import type { Span } from '../../model/calendar.ts';
import { IcsError } from './ics-error.ts';
import { type Component, type Property, propertiesOf } from './jcal.ts';
import { instantOfMoment, lengthOf, type Moment, momentOf } from './moment.ts';
import { type Budget, occurrences } from './recurrence.ts';

const DAY = 86_400_000;

/** How far events are followed, and at what cost. */
export interface Reading {
  /** What times without a zone mean. */
  readonly zone: string;
  /** Epoch ms: occurrences that begin later are not looked for. */
  readonly to: number;
  readonly budget: Budget;
}

/** An occurrence of an event; `start`: epoch ms at which it was to begin before anybody moved it. */
export interface Occurrence extends Span {
  readonly start: number;
}

/** When an event takes place, once for each occurrence that was not taken out. Throws IcsError. */
export function spansOf(event: Component, reading: Reading): readonly Occurrence[] {
  const first = propertiesOf(event, 'dtstart')[0];
  if (first === undefined) throw new IcsError('it has an event without a beginning');
  const start = momentOf(first.values[0], first, reading.zone);
  const length = lengthOfEvent(event, start, reading.zone);
  const left = new Set(momentsOf(propertiesOf(event, 'exdate'), reading).map((moment) => instantOfMoment(moment)));
  return startsOf(event, start, reading).flatMap((moment): readonly Occurrence[] => {
    const from = instantOfMoment(moment);
    if (left.has(from)) return [];
    const to = 'days' in length ? instantOfMoment(moment, length.days) : from + length.ms;
    return [{ from, to, start: from }];
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
