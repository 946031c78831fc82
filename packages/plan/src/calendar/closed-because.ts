import type { Calendar, ClosedBecause, DailySpan, Freeze, NeverTime, Span } from '../model/calendar.ts';
import { closedWords } from './closed-words.ts';
import { holidayOn } from './holidays.ts';
import { shiftDate, type WallClock, wallClock } from './wall-clock.ts';

const DAY_MINUTES = 1_440;

/** Why nothing may begin in production at an instant, in epoch ms; empty: it may. */
export function closedBecause(calendar: Calendar, instant: number): readonly ClosedBecause[] {
  if (calendar.urgency === 'hotfix-p1') return [];
  const freezes = freezesAt(calendar, instant).map((freeze) => closedWords.freeze(freeze, calendar.zone));
  if (freezes.length > 0 || calendar.maintenance.some((span) => isIn(span, instant))) return freezes;
  const now = wallClock(calendar.zone, instant);
  return calendar.urgency === 'hotfix-p2' ? hotfixBecause(calendar, now) : usuallyBecause(calendar, now);
}

/** The freezes in force, in the order in which they began. */
export function freezesAt({ freezes }: Calendar, instant: number): readonly Freeze[] {
  return freezes.filter((freeze) => isIn(freeze, instant));
}

const isIn = ({ from, to }: Span, instant: number): boolean => from <= instant && instant < to;

function hotfixBecause({ officeHours, holidays }: Calendar, now: WallClock): readonly ClosedBecause[] {
  const outside = covers(officeHours, now) ? [] : [closedWords.officeHours(officeHours)];
  return [...outside, ...holidayBecause(holidays, now)];
}

function usuallyBecause(calendar: Calendar, now: WallClock): readonly ClosedBecause[] {
  const { windows, never, holidays } = calendar;
  const isOpen = windows.length === 0 || windows.some((window) => covers(window, now));
  return [
    ...(isOpen ? [] : [closedWords.windows(windows)]),
    ...never.flatMap((time) => neverBecause(time, holidays, now)),
    ...holidayBecause(holidays, now),
  ];
}

function holidayBecause(holidays: readonly string[], { date }: WallClock): readonly ClosedBecause[] {
  const name = holidayOn(holidays, date);
  return name === null ? [] : [closedWords.holiday(name)];
}

function neverBecause(time: NeverTime, holidays: readonly string[], now: WallClock): readonly ClosedBecause[] {
  switch (time.kind) {
    case 'days':
      return covers(time.span, now) ? [closedWords.never(time.span)] : [];
    case 'weekend':
      return covers(time.span, now) ? [closedWords.weekend()] : [];
    case 'eve-of-holiday': {
      const tomorrow = holidayOn(holidays, shiftDate(now.date, 1));
      return tomorrow !== null && covers(time.span, now) ? [closedWords.eve(tomorrow)] : [];
    }
  }
}

/** Whether the wall clock is in the span. Clocks that skip or repeat an hour are taken at their word. */
function covers({ days, from, to }: DailySpan, { weekday, minute }: WallClock): boolean {
  const isOn = (day: number): boolean => days === null || days.some((each) => each === day);
  if (from < to) return isOn(weekday) && from <= minute && minute < to;
  const yesterday = weekday === 1 ? 7 : weekday - 1;
  return (isOn(weekday) && from <= minute && minute < DAY_MINUTES) || (isOn(yesterday) && minute < to);
}
