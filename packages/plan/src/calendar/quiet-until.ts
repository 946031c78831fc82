import type { Calendar } from '../model/calendar.ts';
import type { QuietHours } from '../model/messages.ts';
import { allowedAt } from './allowed-at.ts';

/** More quiet hours than touch each other in a plan; those that never end are refused before. */
const MOST_SPANS = 400;

/** Channels that are left alone at an instant, with the end of that; both in epoch ms. Quiet hours that do not end are none. */
export function quietUntil(
  quiet: readonly QuietHours[] | undefined,
  instant: number,
): Readonly<Record<string, number>> {
  const channels = [...new Set((quiet ?? []).flatMap((each) => each.channels))];
  const ends = channels.flatMap((channel): readonly (readonly [string, number])[] => {
    const end = endOf(
      (quiet ?? []).filter((each) => each.channels.includes(channel)),
      instant,
    );
    return end === null || end === instant ? [] : [[channel, end]];
  });
  return Object.fromEntries(ends);
}

/** The first instant from `instant` on that is in none of them; null: there is none within a year. */
export function endOf(quiet: readonly QuietHours[], instant: number): number | null {
  let at = instant;
  for (let span = 0; span < MOST_SPANS; span += 1) {
    const openings = quiet.map((each) => allowedAt(calendarOf(each), at));
    const closed = openings.flatMap((opening) => (opening.allowed ? [] : [opening.next]));
    if (closed.length === 0) return at;
    if (closed.includes(null)) return null;
    at = Math.max(...closed.flatMap((next) => next ?? []));
  }
  return null;
}

/** The calendar remembers what it said last by the object that it is. */
const CALENDARS = new WeakMap<QuietHours, Calendar>();

/** Quiet hours as times in which nothing begins: the calendar knows what clocks do that are set forward and back. */
function calendarOf(quiet: QuietHours): Calendar {
  const known = CALENDARS.get(quiet);
  if (known !== undefined) return known;
  const { zone, span } = quiet;
  const calendar: Calendar = {
    zone,
    urgency: 'normal',
    windows: [],
    never: [{ kind: 'days', span }],
    holidays: [],
    freezes: [],
    maintenance: [],
    officeHours: span,
    onFreeze: 'finish',
    override: null,
  };
  CALENDARS.set(quiet, calendar);
  return calendar;
}
