import ICAL from 'ical.js';
import { IcsError } from './ics-error.ts';
import { instantOfMoment, type Moment } from './moment.ts';
import { isMap } from './jcal.ts';

/** What is left of the work that one file may cause. */
export interface Budget {
  occurrences: number;
}

/** To set a rule up, and to find out that it never comes true, costs as much as some of its occurrences. */
const COST_OF_A_RULE = 10;

/** The wall clock at every occurrence of a rule that begins before `to` (epoch ms), the first one included. Throws IcsError. */
export function occurrences(
  start: Moment,
  written: unknown,
  limits: { readonly to: number; readonly budget: Budget },
): readonly Moment[] {
  const { until, ...rule } = safeRule(written);
  const { to, budget } = limits;
  spend(budget, COST_OF_A_RULE);
  const last = until === undefined ? to : Math.min(to, untilOf(until, start));
  const iterator = ICAL.Recur.fromData(rule).iterator(floating(start));
  const found: Moment[] = [];
  for (let next = iterator.next(); next !== null; next = iterator.next()) {
    spend(budget, 1);
    const moment: Moment = { ...start, local: localOf(next, start.isDate) };
    if (instantOfMoment(moment) > last) break;
    found.push(moment);
  }
  return found;
}

function spend(budget: Budget, count: number): void {
  budget.occurrences -= count;
  if (budget.occurrences < 0) throw new IcsError('its events come back too often: at most 10,000 times in all');
}

/** The zone is ours to reckon with: the rule only says which days the wall clock comes to. */
function floating({ local, isDate }: Moment): ICAL.Time {
  return isDate ? ICAL.Time.fromDateString(local) : ICAL.Time.fromDateTimeString(local);
}

function localOf(time: ICAL.Time, isDate: boolean): string {
  return isDate ? time.toString().slice(0, 10) : time.toString().slice(0, 19);
}

const DAY = 86_400_000;

/** A date is meant with all of its day. */
function untilOf(until: unknown, start: Moment): number {
  const text = String(until);
  const zone = text.endsWith('Z') ? 'UTC' : start.zone;
  const instant = instantOfMoment({ local: text.replace(/Z$/, ''), isDate: false, zone });
  return text.length === 10 ? instant + DAY - 1 : instant;
}

interface Rule {
  readonly freq: string;
  readonly until?: unknown;
}

/** By frequency: the parts of a rule that are understood. With others it may look for its next day for ever. */
const PARTS: Readonly<Record<string, readonly string[]>> = {
  DAILY: [],
  WEEKLY: ['byday'],
  MONTHLY: ['byday', 'bymonthday'],
  YEARLY: ['byday', 'bymonth', 'bymonthday'],
};
const COMMON: readonly string[] = ['freq', 'interval', 'count', 'until', 'wkst'];
const MOST_INTERVAL = 1_000;

/** A rule that comes to an end, or to its next occurrence, in little time. Throws IcsError. */
function safeRule(written: unknown): Rule {
  if (!isMap(written) || typeof written['freq'] !== 'string') throw new IcsError('it has a rule that is none');
  const { freq, interval = 1 } = written;
  const parts = PARTS[freq];
  const other = Object.keys(written).find((key) => !COMMON.includes(key) && parts?.includes(key) !== true);
  if (parts === undefined || other !== undefined)
    throw new IcsError(`it has an event that comes back ${other ?? freq}: that is not understood`);
  if (typeof interval !== 'number' || interval < 1 || interval > MOST_INTERVAL)
    throw new IcsError(`it has an event that comes back every ${String(interval).slice(0, 20)}th time`);
  for (const part of parts)
    if (written[part] !== undefined && !fits(part, freq, written[part]))
      throw new IcsError(
        `it has an event that comes back ${part}=${JSON.stringify(written[part]).slice(0, 60)}: that is not understood`,
      );
  return { ...written, freq };
}

const DAY_OF_WEEK = /^(?:MO|TU|WE|TH|FR|SA|SU)$/;
const DAY_OF_MONTH = /^(?:[+-]?[1-5])?(?:MO|TU|WE|TH|FR|SA|SU)$/;

function fits(part: string, freq: string, written: unknown): boolean {
  const values: readonly unknown[] = Array.isArray(written) ? written : [written];
  if (part === 'byday') {
    const form = freq === 'WEEKLY' ? DAY_OF_WEEK : DAY_OF_MONTH;
    return values.every((value) => typeof value === 'string' && form.test(value));
  }
  const most = part === 'bymonth' ? 12 : 31;
  const isIn = (value: unknown): boolean => typeof value === 'number' && value !== 0 && Math.abs(value) <= most;
  return values.every((value) => isIn(value) && (part !== 'bymonth' || Number(value) > 0));
}
