import { Failure } from '../failure.ts';
import type { Messages } from '../messages/messages.ts';

const UNITS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const LONGEST = 365 * 86_400_000;

/** `25`, `2.5` or `25%`. Throws Failure. */
export function percentOf(text: string, option: string, { flags }: Messages): number {
  const percent = /^(\d{1,3}(?:\.\d{1,3})?) ?%?$/.exec(text.trim())?.[1];
  if (percent === undefined || Number(percent) > 100) throw new Failure('wrong-input', flags.failures.percent(option));
  return Number(percent);
}

/** `45s`, `30m`, `6h`, `3d` in milliseconds, at most a year. Throws Failure. */
export function durationOf(text: string, option: string, { flags }: Messages): number {
  const [, count = '', unit = ''] = /^(\d{1,8})([smhd])$/.exec(text.trim()) ?? [];
  const ms = Number(count) * (UNITS[unit] ?? 0);
  if (ms <= 0 || ms > LONGEST) throw new Failure('wrong-input', flags.failures.duration(option));
  return ms;
}

const TIME = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2})?(?:Z|[+-]\d{2}:\d{2})?$/;

/** A time in the zone of this machine, or with its own offset, in epoch milliseconds. Throws Failure. */
export function timeOf(text: string, { flags }: Messages): number {
  const written = text.trim();
  const at = TIME.test(written) && isDay(written.slice(0, 10)) ? Date.parse(written.replace(' ', 'T')) : Number.NaN;
  if (Number.isNaN(at)) throw new Failure('wrong-input', flags.failures.time(text));
  return at;
}

/** The engine takes a 31st of February for the 3rd of March. */
function isDay(text: string): boolean {
  const day = new Date(`${text}T00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}
