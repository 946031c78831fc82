import ICAL from 'ical.js';
import { DateTime } from 'luxon';
import type { Calendar, Span } from '../../model/calendar.ts';
import type { Plan } from '../../model/plan.ts';
import { formatTOffset } from '../../text/t-offset.ts';
import { allowedAt } from '../allowed-at.ts';

const DAY = 86_400_000;
/** How far ahead windows are written, one by one: holidays and never-times are taken out of them. */
const AHEAD = 60 * DAY;
const MOST_WINDOWS = 500;

interface Entry extends Span {
  /** Stays the same from one export to the next, so that a calendar takes the newer one in place of it. */
  readonly id: string;
  readonly title: string;
  /** Whether it takes up the time: only freezes do. */
  readonly busy: boolean;
}

/** The plan's T-0, due times, windows of the next sixty days, maintenance and freezes as iCalendar (RFC 5545), in UTC. `now` in epoch ms. */
export function writeIcs(plan: Plan, now: number): string {
  const stamp = timeOf(now);
  const entries = [...moments(plan), ...(plan.calendar === undefined ? [] : calendarEntries(plan.calendar, now))];
  const events = entries.map(({ id, from, to, title, busy }) => [
    'vevent',
    [
      ['uid', {}, 'text', `${plan.launch}-${id}@slipway`],
      ['dtstamp', {}, 'date-time', stamp],
      ['dtstart', {}, 'date-time', timeOf(from)],
      ['dtend', {}, 'date-time', timeOf(to)],
      ['summary', {}, 'text', title],
      ['transp', {}, 'text', busy ? 'OPAQUE' : 'TRANSPARENT'],
    ],
    [],
  ]);
  const head = [
    ['version', {}, 'text', '2.0'],
    ['prodid', {}, 'text', '-//Slipway//launch//EN'],
    ['x-wr-calname', {}, 'text', plan.title],
  ];
  return `${ICAL.stringify(['vcalendar', head, events])}\r\n`;
}

/** 2026-11-24T10:00:00Z */
function timeOf(at: number): string {
  return DateTime.fromMillis(at, { zone: 'utc' }).toFormat("yyyy-MM-dd'T'HH:mm:ss'Z'");
}

const HALF_HOUR = 1_800_000;

function moments({ t0, title, steps, phases }: Plan): readonly Entry[] {
  if (t0 === null) return [];
  const due = phases
    .flatMap((phase) => phase.steps)
    .flatMap((id): readonly Entry[] => {
      const step = steps[id];
      if (step?.kind !== 'task' || step.due === null) return [];
      const at = t0 + step.due;
      const owner = step.track === undefined ? step.owner : `${step.track}, ${step.owner}`;
      const words = `${formatTOffset(step.due)} due: ${step.title} (${owner})`;
      return [{ id: `due-${id}`, from: at - HALF_HOUR, to: at, title: words, busy: false }];
    });
  return [{ id: 't-0', from: t0, to: t0 + HALF_HOUR, title: `T-0: ${title}`, busy: false }, ...due];
}

function calendarEntries(calendar: Calendar, now: number): readonly Entry[] {
  const freezes = calendar.freezes
    .filter(({ to }) => to > now)
    .map(({ from, to, because }) => ({ id: `freeze-${from}-${to}`, from, to, title: because, busy: true }));
  const maintenance = calendar.maintenance
    .filter(({ to }) => to > now)
    .map(({ from, to }) => ({ id: `maintenance-${from}`, from, to, title: 'Maintenance', busy: false }));
  return [...freezes, ...maintenance, ...openings(calendar, now)];
}

/** Nothing where it is never closed, or never open. */
function openings(calendar: Calendar, now: number): readonly Entry[] {
  const found: Entry[] = [];
  let at: number | null = now;
  while (at !== null && at < now + AHEAD && found.length < MOST_WINDOWS) {
    const opening = allowedAt(calendar, at);
    if (!opening.allowed) {
      at = opening.next;
      continue;
    }
    if (opening.until === null) break;
    found.push({ id: `window-${at}`, from: at, to: opening.until, title: 'Production window', busy: false });
    at = opening.until;
  }
  return found;
}
