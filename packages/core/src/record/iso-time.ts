const DAY = 86_400_000;
const two = (value: number): string => String(value).padStart(2, '0');

/** Epoch ms as `2026-11-24 09:00:12 UTC`, without a clock or a calendar of the machine. Years 0 to 9999. */
export function utcTime(at: number): string {
  const days = Math.floor(at / DAY);
  const seconds = Math.floor((at - days * DAY) / 1000);
  const time = `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return `${civilDate(days)} ${time} UTC`;
}

/** Days since 1970-01-01 to a date of the Gregorian calendar, by counting years that begin in March, in eras of 400. */
function civilDate(days: number): string {
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1;
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`;
}
