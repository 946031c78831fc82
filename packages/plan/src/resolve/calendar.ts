import type { z } from 'zod';
import type { Calendar, DailySpan, Freeze, NeverTime, Span, Urgency, Weekday } from '../model/calendar.ts';
import { type calendar, WEEKDAYS } from '../schema/calendar.ts';
import { instantOf } from '../time/local-time.ts';

type Authored = z.output<typeof calendar>;
type WrittenSpan = { readonly from?: string | undefined; readonly to?: string | undefined };

/** What a calendar gets besides what is written in the plan itself. */
export interface CalendarGiven {
  /** Takes the place of the plan's. */
  readonly urgency?: Urgency;
  /** Read from the files that the plan names. */
  readonly freezes: readonly Freeze[];
}

/** A checked calendar with every time resolved. */
export function resolveCalendar(authored: Authored, zone: string, given: CalendarGiven): Calendar {
  const freezes = authored.freezes.map(({ because, ...times }) => ({ ...spanOf(times, zone), because }));
  return {
    zone,
    urgency: given.urgency ?? authored.urgency,
    windows: authored.windows.map((window) => dailySpan(window, daysOf(window.days))),
    never: authored.never.map(neverTime),
    holidays: authored.holidays,
    freezes: [...freezes, ...given.freezes].toSorted((a, b) => a.from - b.from || a.to - b.to),
    maintenance: authored.maintenance.map((times) => spanOf(times, zone)),
    officeHours: dailySpan(authored['office-hours'], daysOf(authored['office-hours'].days)),
    onFreeze: authored['on-freeze'],
    override: authored.override ?? null,
  };
}

function neverTime(time: Authored['never'][number]): NeverTime {
  if (time.days !== undefined) return { kind: 'days', span: dailySpan(time, daysOf(time.days)) };
  if (time.weekend === true) return { kind: 'weekend', span: dailySpan(time, [6, 7]) };
  return { kind: 'eve-of-holiday', span: dailySpan(time, null) };
}

export function daysOf(days: readonly (typeof WEEKDAYS)[number][]): readonly Weekday[] {
  const numbers: readonly Weekday[] = [1, 2, 3, 4, 5, 6, 7];
  return numbers.filter((number) => days.some((day) => WEEKDAYS[number - 1] === day));
}

export function dailySpan({ from = '00:00', to = '24:00' }: WrittenSpan, days: DailySpan['days']): DailySpan {
  // Nothing begins at the end of a day: it is the beginning of the next one.
  return { days, from: minuteOf(from), to: minuteOf(to) };
}

function minuteOf(clock: string): number {
  const [hours, minutes] = clock.split(':');
  return Number(hours) * 60 + Number(minutes);
}

/** Both are checked before. */
function spanOf({ from, to }: { readonly from: string; readonly to: string }, zone: string): Span {
  const at = (local: string): number => {
    const instant = instantOf(local, zone);
    return instant.ok ? instant.at : Number.NaN;
  };
  return { from: at(from), to: at(to) };
}
