/**
 * The Retry-After header (RFC 9110, 10.2.3) in milliseconds from `now` (epoch milliseconds): seconds or a date.
 * Null where it is absent or makes no sense; never negative, at most a day.
 */
export function retryAfterMs(headers: Readonly<Record<string, string>>, now: number): number | null {
  const value = headers['retry-after']?.trim() ?? '';
  if (/^\d{1,9}$/.test(value)) return atMostADay(Number(value) * 1000);
  const date = /^[A-Z][a-z]{2},? /.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isFinite(date) ? atMostADay(Math.max(0, date - now)) : null;
}

const atMostADay = (milliseconds: number): number => Math.min(milliseconds, 86_400_000);
