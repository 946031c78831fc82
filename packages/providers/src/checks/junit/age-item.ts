import type { EvidenceItem } from '@slipway/provider-kit';
import { formatDuration } from '@slipway/provider-kit';
import type { Report } from './report.ts';

/** How far two clocks may differ. */
const CLOCKS_MS = 300_000;

/** Whether a report is young enough; all in milliseconds, `now` since the epoch. An age that nobody knows does not pass, nor does one to come. */
export function ageItem(
  { name, writtenAt }: Pick<Report, 'name' | 'writtenAt'>,
  maxAge: number,
  now: number,
): EvidenceItem {
  const asked = `age of ${name}`;
  const expected = `at most ${formatDuration(maxAge)}`;
  if (writtenAt === null)
    return { asked, found: 'unknown: no date, or one that cannot be read', expected, verdict: 'unknown' };
  const age = now - writtenAt;
  if (age < -CLOCKS_MS) return { asked, found: 'in the future: compare the clocks', expected, verdict: 'unknown' };
  const found = formatDuration(Math.max(0, Math.floor(age / 1000) * 1000));
  return { asked, found, expected, verdict: age <= maxAge ? 'pass' : 'fail' };
}
