/** Most characters of somebody else's words in a sentence of ours. */
const LONGEST_REASON = 200;

/** A share 0..1 in per cent, two digits: `0.2 %`, `31 %`. What is not all is never written as all. */
export function percent(share: number): string {
  const value = share * 100;
  if (value > 0 && value < 0.01) return 'under 0.01 %';
  if (value < 10) return `${Number(value.toPrecision(2))} %`;
  return `${value < 100 ? Math.min(99, Math.round(value)) : 100} %`;
}

/** Milliseconds, three digits: `1.7 ms`, `412 ms`, `1.24 s`. */
export function latency(milliseconds: number): string {
  if (milliseconds < 1000) return `${Number(milliseconds.toPrecision(3))} ms`;
  return `${Number((milliseconds / 1000).toPrecision(3))} s`;
}

/** A number without a unit that we know, four digits: `734,000,000`, `0.25`; `1.0e+20` where it would be a row of zeros. */
export function plain(value: number): string {
  const size = Math.abs(value);
  if (size >= 1e15 || (size > 0 && size < 1e-6)) return value.toExponential(1);
  return value.toLocaleString('en-US', { maximumSignificantDigits: 4 });
}

/** A time to wait, in milliseconds. */
export function duration(milliseconds: number): string {
  if (!Number.isFinite(milliseconds)) return 'an unknown time';
  return milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${Math.round(milliseconds / 1000)} s`;
}

/** A count with groups of thousands. */
export function counted(count: number): string {
  return count.toLocaleString('en-US');
}

export function requests(count: number): string {
  return `${counted(count)} ${count === 1 ? 'request' : 'requests'}`;
}

/** One line of bounded length. */
export function cut(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  return line.length <= LONGEST_REASON ? line : `${line.slice(0, LONGEST_REASON - 2).toWellFormed()} …`;
}
