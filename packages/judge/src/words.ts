/** Most characters of somebody else's words in a sentence of ours. */
const LONGEST_REASON = 200;

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

/** One line of bounded length. */
export function cut(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  return line.length <= LONGEST_REASON ? line : `${line.slice(0, LONGEST_REASON - 2).toWellFormed()} …`;
}
