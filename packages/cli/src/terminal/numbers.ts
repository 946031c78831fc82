import type { Look } from '@slipway/contract';
import type { Language } from './capabilities.ts';

type Unit = Look['metrics'][number]['unit'];

/** 0.0042 to `0.42 %`. */
export function percent(ratio: number, language: Language): string {
  return `${number(ratio * 100, language, 2)} %`;
}

/** A share of traffic, 0 to 100, to `25 %`. */
export function share(weight: number, language: Language): string {
  return `${number(weight, language, 1)} %`;
}

function milliseconds(value: number, language: Language): string {
  return `${number(value, language, value < 10 ? 1 : 0)} ms`;
}

/** What a metric reads, in its unit. Of a gauge four digits, and the unit that the plan gives it. */
export function reading(value: number, unit: Unit, language: Language): string {
  if (unit === 'ratio') return percent(value, language);
  if (unit === 'milliseconds') return milliseconds(value, language);
  const size = Math.abs(value);
  const isLong = size >= 1e15 || (size > 0 && size < 1e-6);
  const notation = isLong ? 'scientific' : 'standard';
  const text = new Intl.NumberFormat(language, { maximumSignificantDigits: 4, notation }).format(value);
  return unit.gauge === '' ? text : `${text} ${unit.gauge}`;
}

/** An e-value in two digits: it is a bet's return, not a measurement. */
export function eValue(value: number, language: Language): string {
  return new Intl.NumberFormat(language, { maximumSignificantDigits: 2 }).format(value);
}

/** A number of times in two digits. An edge of what it lies between is rounded outwards, so that it still does. */
export function times(value: number, language: Language, roundingMode: 'halfExpand' | 'floor' | 'ceil'): string {
  return new Intl.NumberFormat(language, { maximumSignificantDigits: 2, roundingMode }).format(value);
}

export function count(value: number, language: Language): string {
  return number(value, language, 0);
}

function number(value: number, language: Language, digits: number): string {
  return new Intl.NumberFormat(language, { maximumFractionDigits: digits }).format(value);
}

/** Milliseconds to `0:07`, `12:31`, `1:02:03`, `2d 01:02:03`; begun seconds do not count. */
export function span(ms: number): string {
  const total = Math.max(0, Math.floor(ms / 1000));
  const [days, hours] = [Math.floor(total / 86_400), Math.floor(total / 3600) % 24];
  const [minutes, seconds] = [Math.floor(total / 60) % 60, two(total % 60)];
  if (days > 0) return `${days}d ${two(hours)}:${two(minutes)}:${seconds}`;
  return hours > 0 ? `${hours}:${two(minutes)}:${seconds}` : `${minutes}:${seconds}`;
}

/** The launch's own clock: `T+00:12:31`, before T-0 `T-00:30:00`. */
export function launchClock(now: number, t0: number): string {
  const total = Math.floor(Math.abs(now - t0) / 1000);
  const sign = now < t0 && total > 0 ? '-' : '+';
  return `T${sign}${two(Math.floor(total / 3600))}:${two(Math.floor(total / 60) % 60)}:${two(total % 60)}`;
}

/** Epoch ms as the time of day in a zone: `12:03:11`. In a zone that this machine does not know: UTC, and says so. */
export function timeOfDay(at: number, zone: string): string {
  const time = format(at, zone, { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });
  return isZone(zone) ? time : `${time} UTC`;
}

/** Epoch ms as `2026-11-24 12:03:11` in a zone. */
export function dateAndTime(at: number, zone: string): string {
  return `${format(at, zone, { year: 'numeric', month: '2-digit', day: '2-digit' })} ${timeOfDay(at, zone)}`;
}

function format(at: number, zone: string, options: Intl.DateTimeFormatOptions): string {
  // Swedish writes dates as ISO 8601 does.
  return new Intl.DateTimeFormat('sv-SE', { ...options, timeZone: isZone(zone) ? zone : 'UTC' }).format(at);
}

function isZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
