import type { Draft } from '../parse/draft.ts';
import { type Findings, reportKey, reportValue } from '../parse/findings.ts';
import type { Path } from '../parse/path.ts';
import { instantOf } from '../time/local-time.ts';
import { unknownName } from './unknown-name.ts';

/** Its times exist and end after they begin; its eves have holidays, and its role has people. */
export function lintCalendar(findings: Findings, draft: Draft): void {
  const { calendar, zone, people } = draft;
  if (calendar === null || calendar === undefined) return;
  for (const key of ['freezes', 'maintenance'] as const) {
    for (const [index, times] of calendar[key].entries())
      if (zone !== null) lintSpan(findings, ['calendar', key, index], { ...times, zone });
  }
  const eve = calendar.never.findIndex((time) => time['eve-of-holiday'] === true);
  if (eve >= 0 && calendar.holidays.length === 0) {
    const message = 'no eve of a holiday is known: the calendar names no "holidays"';
    reportKey(findings, ['calendar', 'never', eve, 'eve-of-holiday'], {
      message,
      expected: 'holidays: [FR] beside it',
    });
  }
  const { override } = calendar;
  if (override === undefined || people === null || Object.hasOwn(people, override)) return;
  const message = unknownName(override, { word: 'role', section: 'people', names: Object.keys(people) });
  reportValue(findings, ['calendar', 'override'], { message });
}

interface Times {
  readonly from: string;
  readonly to: string;
  readonly zone: string;
}

function lintSpan(findings: Findings, path: Path, { from, to, zone }: Times): void {
  const begin = instantOf(from, zone);
  const end = instantOf(to, zone);
  if (!begin.ok) reportValue(findings, [...path, 'from'], { message: begin.reason, expected: EXISTS });
  if (!end.ok) reportValue(findings, [...path, 'to'], { message: end.reason, expected: EXISTS });
  if (begin.ok && end.ok && end.at <= begin.at) {
    const message = 'it ends before it begins';
    reportValue(findings, [...path, 'to'], { message, expected: `later than ${from}` });
  }
}

const EXISTS = 'a local time that exists';
