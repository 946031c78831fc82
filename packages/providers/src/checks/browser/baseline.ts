import type { EvidenceItem, ProviderContext } from '@slipway/provider-kit';
import { formatDuration } from '@slipway/provider-kit';
import type { Baseline, KeptPage } from './baseline-form.ts';
import { keptPageOf } from './baseline-form.ts';
import { keepBaseline } from './baseline-store.ts';
import type { BrowserCheckConfig } from './schema.ts';
import type { PageReport } from './visit.ts';

/** Two machines' clocks may differ by so much. */
const SKEW_MS = 60_000;

export const pagesOf = ({ pages }: Baseline): ReadonlyMap<string, KeptPage> =>
  new Map(pages.map(({ name, kept }) => [name, kept]));

/** Whether a baseline is new enough to compare with. One of a time to come is of unknown age. */
export function baselineAge(kept: Baseline, { baseline }: BrowserCheckConfig, now: number): EvidenceItem {
  const most = baseline !== undefined && 'compare' in baseline ? baseline['max-age'] : 0;
  const asked = `age of the baseline ${kept.name}, of ${kept.url}`;
  const expected = `at most ${formatDuration(most)}`;
  const age = Math.floor(now - kept.savedAt);
  if (age < -SKEW_MS) return { asked, found: 'a time that is yet to come', expected, verdict: 'unknown' };
  return { asked, found: formatDuration(Math.max(0, age)), expected, verdict: age <= most ? 'pass' : 'fail' };
}

export interface Saving {
  /** What was found so far. */
  readonly items: readonly EvidenceItem[];
  readonly origin: string;
  readonly context: ProviderContext<'dataDirectory'>;
}

/** Keeps the baseline where one is to be kept and all holds: a broken page kept would let every break after it pass. */
export async function saveItem(
  { baseline }: BrowserCheckConfig,
  reports: readonly PageReport[],
  { items, origin, context }: Saving,
): Promise<readonly EvidenceItem[]> {
  if (baseline === undefined || !('save' in baseline)) return [];
  const item = { asked: `baseline ${baseline.save}`, expected: 'kept' };
  const pages = reports.flatMap((report) => {
    const kept = keptPageOf(report);
    return kept === null ? [] : [{ name: report.name, kept }];
  });
  if (pages.length < reports.length || items.some(({ verdict }) => verdict !== 'pass')) {
    return [{ ...item, found: 'not kept: not all of the rest holds', verdict: 'fail' }];
  }
  const savedAt = context.now();
  await keepBaseline(context.dataDirectory, { form: 1, name: baseline.save, url: origin, savedAt, pages });
  return [{ ...item, found: `kept, ${pages.length} pages, ${new Date(savedAt).toISOString()}`, verdict: 'pass' }];
}
