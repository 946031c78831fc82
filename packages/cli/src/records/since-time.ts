const DAYS = { d: 1, w: 7 } as const;
const DAY = 86_400_000;

/** `90d`, `12w` or a date (its beginning in UTC) as epoch ms; null: it is neither, or lies after `now`. */
export function sinceTime(text: string, now: number): number | null {
  const length = /^([1-9]\d{0,3})([dw])$/.exec(text);
  if (length !== null) return now - Number(length[1]) * DAYS[length[2] === 'w' ? 'w' : 'd'] * DAY;
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return null;
  const at = Date.parse(`${text}T00:00:00Z`);
  // Some days that are none, such as 02-30, become others.
  const isDay = Number.isFinite(at) && new Date(at).toISOString().startsWith(text);
  return isDay && at <= now ? at : null;
}
