import type { CalendarAnswer, CalendarRequest, Language } from '@slipway/contract';
import { allowedAt, formatLocalTime, instantOf, parsePlan, type PlanLanguage, writeIcs } from '@slipway/plan';
import { Refusal } from '../api/refusal.ts';
import { givenOf, readPlan } from './read-plan.ts';

/** Stands for a version that is only given at start. */
const ANY_VERSION = '0.0.0';

interface Asking {
  /** Epoch ms. */
  readonly now: number;
  readonly language: Language;
}

/** What the calendar of a plan says of a time. Throws Refusal where the plan is wrong, or the time is none. */
export function calendarOf(language: PlanLanguage, request: CalendarRequest, asking: Asking): CalendarAnswer {
  const { at: asked, ...text } = request;
  const { now } = asking;
  const plan = planOf(language, text, now);
  const { zone, calendar } = plan;
  const instant = asked === undefined ? now : atOf(asked, zone);
  const time = (at: number | null): string | null => (at === null ? null : formatLocalTime(at, zone));
  const told = { zone, at: formatLocalTime(instant, zone), ics: writeIcs(plan, now) };
  if (calendar === undefined) return { ...told, allowed: true, change: null, why: [] };
  const opening = allowedAt(calendar, instant);
  if (opening.allowed) return { ...told, allowed: true, change: time(opening.until), why: [] };
  const why = opening.why.map(({ reasons }) => reasons[asking.language]);
  return { ...told, allowed: false, change: time(opening.next), why };
}

/** A version that is nowhere given does not stand in the way. */
function planOf(language: PlanLanguage, request: Omit<CalendarRequest, 'at'>, now: number) {
  const { text, file, artifactVersion } = request;
  if (artifactVersion !== undefined) return readPlan(language, request, now).plan;
  const parsed = parsePlan(text, { file, language, now, ...givenOf(request), standInVersion: ANY_VERSION });
  return parsed.ok ? parsed.plan : readPlan(language, request, now).plan;
}

function atOf(asked: string, zone: string): number {
  const instant = instantOf(asked, zone);
  if (instant.ok) return instant.at;
  const message = `${instant.reason}; expected a local time in ${zone}, such as 2026-11-24T10:00`;
  throw new Refusal(400, { code: 'wrong-input', message });
}
