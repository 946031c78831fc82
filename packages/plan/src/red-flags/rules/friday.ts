import { holidayOn } from '../../calendar/holidays.ts';
import { countriesOf } from '../../calendar/countries-of.ts';
import { shiftDate, wallClock } from '../../calendar/wall-clock.ts';
import type { Bilingual } from '../red-flag.ts';
import type { Found, Looking } from '../rule.ts';

const [FRIDAY, SATURDAY] = [5, 6] as const;
const NOON = 12 * 60;

/** T-0 before or in days on which few are there to mend anything. A plan with a calendar says itself when it may begin. */
export function friday({ plan }: Looking): readonly Found[] {
  const { t0, zone, calendar } = plan;
  if (t0 === null || calendar !== undefined) return [];
  const { date, weekday, minute } = wallClock(zone, t0);
  const said = ofWeek(weekday, minute) ?? ofHolidays(countriesOf(zone), date);
  return said === null ? [] : [{ code: 'SLW006', severity: 'warning', path: ['t0'], said }];
}

function ofWeek(weekday: number, minute: number): Bilingual | null {
  if (weekday === FRIDAY && minute >= NOON)
    return { en: 'T-0 is on a Friday afternoon', fr: 'T-0 tombe un vendredi après-midi' };
  return weekday >= SATURDAY ? { en: 'T-0 is on a weekend', fr: 'T-0 tombe un week-end' } : null;
}

function ofHolidays(countries: readonly string[], date: string): Bilingual | null {
  const today = holidayOn(countries, date);
  if (today !== null) return { en: `T-0 is on a public holiday: ${today}`, fr: `T-0 tombe un jour férié : ${today}` };
  const tomorrow = holidayOn(countries, shiftDate(date, 1));
  if (tomorrow === null) return null;
  return { en: `T-0 is on the eve of a holiday: ${tomorrow}`, fr: `T-0 tombe une veille de jour férié : ${tomorrow}` };
}
