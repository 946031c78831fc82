import type { Messages } from '../messages/messages.ts';

const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1_000],
] as const;

/** Milliseconds as `30 d`, `43 min 12 s`, `0.6 s`: the two largest units, rounded in the smaller one. */
export function lengthOf(ms: number, m: Messages): string {
  const first = UNITS.findIndex(([, length]) => ms >= length);
  const large = UNITS[first];
  if (large === undefined) return `${decimal(ms / 1_000, m, 2)} ${m.slo.units.second}`;
  const small = UNITS[first + 1];
  if (small === undefined) return `${decimal(ms / 1_000, m, 1)} ${m.slo.units.second}`;
  const parts = Math.round(ms / small[1]);
  // 59 min 59.9 s is an hour.
  if (parts * small[1] >= (UNITS[first - 1]?.[1] ?? Infinity)) return lengthOf(parts * small[1], m);
  const whole = Math.floor((parts * small[1]) / large[1]);
  const rest = parts - (whole * large[1]) / small[1];
  const start = `${decimal(whole, m, 0)} ${m.slo.units[large[0]]}`;
  return rest === 0 ? start : `${start} ${decimal(rest, m, 0)} ${m.slo.units[small[0]]}`;
}

/** A share 0..1 in per cent, every digit that it was written with: 99.999 % is not 100 %. */
export function exactPercent(share: number, m: Messages): string {
  return `${decimal(Number((share * 100).toPrecision(12)), m, 12)} %`;
}

/** A number of at most so many decimals. */
export function decimal(value: number, m: Messages, digits: number): string {
  return new Intl.NumberFormat(m.language, { maximumFractionDigits: digits }).format(value);
}
