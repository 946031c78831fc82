import type { EvidenceItem } from '@slipway/provider-kit';
import { formatDuration } from '@slipway/provider-kit';
import type { CiRun } from './ci-run.ts';
import type { GreenRow, Wanted } from './green-row.ts';

/** How far two clocks may differ. */
const CLOCKS_MS = 300_000;

export interface Judged extends Wanted {
  /** Milliseconds. */
  readonly maxAge: number;
  /** Epoch ms. */
  readonly now: number;
}

/** What was wanted of the runs, and each run that was looked at. */
export function runItems(found: GreenRow, judged: Judged): readonly EvidenceItem[] {
  const items = [lengthItem(found, judged), ...spanItems(found, judged), newestItem(found, judged)];
  const looked = found.brokenBy === null ? found.row : [...found.row, found.brokenBy];
  const all = [...items, ...looked.map(runItem)];
  // Beside a row that is long enough a run that goes on proves nothing, for or against; where it is not, it may be what is waited for.
  return all.every(({ verdict }) => verdict === 'pass') ? all : [...all, ...found.unfinished.map(runItem)];
}

/** `run 45 (in_progress)`, for the summary. */
export const runName = ({ label, word }: CiRun): string => `${label} (${word.slice(0, 50)})`;

function lengthItem({ row, brokenBy }: GreenRow, { cycles }: Judged): EvidenceItem {
  const after = brokenBy === null ? '' : `, after ${runName(brokenBy)}`;
  const verdict = row.length >= cycles ? 'pass' : 'fail';
  return {
    asked: 'newest completed runs that are green',
    found: `${row.length}${after}`,
    expected: `at least ${cycles}`,
    verdict,
  };
}

function spanItems({ row }: GreenRow, { greenFor, now }: Judged): readonly EvidenceItem[] {
  if (greenFor === null) return [];
  const oldest = row.at(-1);
  const asked = 'green without a break for';
  const expected = `at least ${formatDuration(greenFor)}`;
  if (oldest === undefined) return [{ asked, found: 'no green run', expected, verdict: 'fail' }];
  const span = now - oldest.updatedAt;
  return [{ asked, found: ageText(span), expected, verdict: span >= greenFor ? 'pass' : 'fail' }];
}

function newestItem({ row }: GreenRow, { maxAge, now }: Judged): EvidenceItem {
  const asked = 'age of the newest green run';
  const expected = `at most ${formatDuration(maxAge)}`;
  const newest = row[0];
  if (newest === undefined) return { asked, found: 'no green run', expected, verdict: 'fail' };
  const age = now - newest.createdAt;
  if (age < -CLOCKS_MS)
    return { asked, found: `${ageText(-age)} in the future: compare the clocks`, expected, verdict: 'unknown' };
  return { asked, found: ageText(age), expected, verdict: age <= maxAge ? 'pass' : 'fail' };
}

function runItem({ label, sha, state, word, createdAt, url }: CiRun): EvidenceItem {
  const verdict = state === 'green' ? 'pass' : state === 'not-green' ? 'fail' : 'unknown';
  const found = [word.slice(0, 50), new Date(createdAt).toISOString(), webUrl(url)].filter((text) => text !== '');
  return { asked: `${label} of ${sha.slice(0, 12)}`, found: found.join(', '), expected: 'success', verdict };
}

/** Only an address that people can open, without a query. */
function webUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  return url === null || !/^https?:$/.test(url.protocol) ? '' : `${url.origin}${url.pathname}`.slice(0, 300);
}

/** To the second. */
const ageText = (milliseconds: number): string => formatDuration(Math.max(0, Math.floor(milliseconds / 1000) * 1000));
