import Holidays from 'date-holidays';
import { shiftDate } from './wall-clock.ts';

const REGION = /^[A-Z]{2}(?:-[A-Z0-9]{1,4}){0,2}$/;
const DAY = 86_400_000;

/** Whether public holidays of `region` are known: a country such as FR, or a region of one such as DE-BY. */
export function isHolidayRegion(region: string): boolean {
  if (!REGION.test(region)) return false;
  const [country = '', state, part] = region.split('-');
  const known = new Holidays();
  if (!has(known.getCountries(), country)) return false;
  if (state !== undefined && !has(known.getStates(country), state)) return false;
  return state === undefined || part === undefined || has(known.getRegions(country, state), part);
}

function has(names: object | undefined, name: string): boolean {
  return names !== undefined && Object.hasOwn(names, name);
}

/** By region and year: working out the moon takes its time. */
const KNOWN = new Map<string, ReadonlyMap<string, string>>();
/** A century of some regions; a plan that asks for more begins anew. */
const MOST_KNOWN = 400;

/** The name of the public holiday on a date such as 2026-12-25, in the language of the region; null: it is none. */
export function holidayOn(regions: readonly string[], date: string): string | null {
  for (const region of regions) {
    const name = holidaysOf(region, date.slice(0, 4)).get(date);
    if (name !== undefined) return name;
  }
  return null;
}

function holidaysOf(region: string, year: string): ReadonlyMap<string, string> {
  const key = `${region} ${year}`;
  const known = KNOWN.get(key);
  if (known !== undefined) return known;
  const found = readHolidays(region, Number(year));
  if (KNOWN.size >= MOST_KNOWN) KNOWN.clear();
  KNOWN.set(key, found);
  return found;
}

function readHolidays(region: string, year: number): ReadonlyMap<string, string> {
  const [country = '', state = '', part = ''] = region.split('-');
  const days = new Map<string, string>();
  for (const { date, start, end, name } of new Holidays(country, state, part, { types: ['public'] }).getHolidays(
    year,
  )) {
    const first = date.slice(0, 10);
    const length = Math.max(1, Math.round((end.getTime() - start.getTime()) / DAY));
    for (let day = 0; day < length; day += 1) days.set(shiftDate(first, day), name);
  }
  return days;
}
