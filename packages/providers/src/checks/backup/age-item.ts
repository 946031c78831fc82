import type { EvidenceItem } from '@slipway/provider-kit';
import { formatDuration } from '@slipway/provider-kit';

/** How far the clock of whoever wrote the time may be before ours, in milliseconds. */
const CLOCKS_APART = 300_000;

/** Everything in milliseconds; `at` and `now` since the epoch. */
export interface Age {
  readonly asked: string;
  readonly at: number;
  readonly now: number;
  readonly maxAge: number;
}

/** Whether something is young enough. A time in the future is no age: it is unknown, and so does not pass. */
export function ageItem({ asked, at, now, maxAge }: Age): EvidenceItem {
  const age = now - at;
  const when = new Date(at).toISOString();
  const expected = `at most ${formatDuration(maxAge)} old`;
  if (age < -CLOCKS_APART)
    return { asked, found: `${when}, in the future: compare the clocks`, expected, verdict: 'unknown' };
  const found = `${when}, ${formatDuration(Math.max(0, Math.round(age / 1000) * 1000))} old`;
  return { asked, found, expected, verdict: age <= maxAge ? 'pass' : 'fail' };
}
