import type { Calendar, DailySpan } from '../model/calendar.ts';
import { offsetAt, shiftDate, startOfDate, wallClock } from './wall-clock.ts';

/** Days that are looked ahead: whatever comes back every year has come back by then. */
const HORIZON_DAYS = 400;
const MINUTE = 60_000;

/**
 * Every instant after `instant`, in order and within the horizon, at which what the calendar says may change; some at which it does not.
 * Between two of them it says the same.
 */
export function* changesAfter(calendar: Calendar, instant: number): Generator<number> {
  const { zone } = calendar;
  const marks = marksOf(calendar);
  const edges = [...calendar.freezes, ...calendar.maintenance].flatMap(({ from, to }) => [from, to]);
  let date = shiftDate(wallClock(zone, instant).date, -1);
  let start = startOfDate(date, zone);
  for (let day = 0; day <= HORIZON_DAYS; day += 1) {
    date = shiftDate(date, 1);
    const [from, to] = [start, startOfDate(date, zone)];
    const within = edges.filter((edge) => from <= edge && edge < to);
    const found = [...daily(zone, marks, { from, to }), ...within].filter((at) => at > instant);
    yield* new Set(found.toSorted((a, b) => a - b));
    start = to;
  }
}

/** Minutes of the wall clock at which a rule begins or ends; midnight is one, for days and holidays change then. */
function marksOf({ windows, never, officeHours }: Calendar): readonly number[] {
  const spans: readonly DailySpan[] = [...windows, ...never.map(({ span }) => span), officeHours];
  return [...new Set([0, ...spans.flatMap(({ from, to }) => [from, to])])];
}

interface Day {
  readonly from: number;
  readonly to: number;
}

/** What the wall clock shows at the marks of a day, each time it shows them, and where it jumps. */
function daily(zone: string, marks: readonly number[], { from, to }: Day): readonly number[] {
  if (from >= to) return [];
  const offsets = [offsetAt(zone, from), offsetAt(zone, to)];
  const midnight = from + (offsets[0] ?? 0) - wallClock(zone, from).minute * MINUTE;
  const jump = offsets[0] === offsets[1] ? [] : [jumpIn(zone, { from, to })];
  const shown = marks.flatMap((mark) => offsets.map((offset) => midnight + mark * MINUTE - offset));
  // A day whose midnight is skipped begins with none of its marks.
  return [from, ...shown, ...jump].filter((at) => from <= at && at < to);
}

/** The first instant with the offset of the end of the day. */
function jumpIn(zone: string, { from, to }: Day): number {
  const after = offsetAt(zone, to);
  let [low, high] = [from, to];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetAt(zone, middle) === after) high = middle;
    else low = middle;
  }
  return high;
}
