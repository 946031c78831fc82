import type { EvidenceItem } from '@slipway/provider-kit';
import { formatDuration } from '@slipway/provider-kit';

/** Two machines' clocks may differ by so much. */
const SKEW_MS = 60_000;

export interface Times {
  /** When the file was last written or the command ended; milliseconds since the epoch. */
  readonly writtenAt: number;
  /** By the summary's own word; null where it has none. */
  readonly finishedAt: number | null;
}

/** How old a summary is: the older of its two times, for a copy or a checkout makes a file new. A time to come is unknown. */
export function ageItem({ writtenAt, finishedAt }: Times, now: number, maxAge: number): EvidenceItem {
  const times = finishedAt === null ? [writtenAt] : [writtenAt, finishedAt];
  const asked = finishedAt === null ? 'age, by the time it was written' : 'age';
  const expected = `at most ${formatDuration(maxAge)}`;
  if (times.some((time) => !Number.isFinite(time) || time > now + SKEW_MS)) {
    return { asked, found: 'a time that is yet to come', expected, verdict: 'unknown' };
  }
  const age = Math.max(0, Math.floor(now - Math.min(...times)));
  return { asked, found: formatDuration(age), expected, verdict: age <= maxAge ? 'pass' : 'fail' };
}
