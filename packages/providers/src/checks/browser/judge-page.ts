import type { EvidenceItem } from '@slipway/provider-kit';
import { formatDuration } from '@slipway/provider-kit';
import type { KeptPage } from './baseline-form.ts';
import { compareItems } from './compare-items.ts';
import type { Problems } from './problem-list.ts';
import { shownCls, shownLcp, shownProblems } from './shown.ts';
import type { BrowserCheckConfig, PageConfig } from './schema.ts';
import { nameOf } from './schema.ts';
import type { Measured } from './visit.ts';

export interface Judging {
  readonly config: BrowserCheckConfig;
  /** The pages of the baseline to compare with; null where there is none to compare with. */
  readonly before: ReadonlyMap<string, KeptPage> | null;
}

/** What the measurements of a page come to: its limits, and what the baseline has of it. What was not measured is unknown. */
export function judgePage(page: PageConfig, measured: Measured, { config, before }: Judging): readonly EvidenceItem[] {
  const name = nameOf(page);
  const limits = { ...config.limits, ...page.limits };
  const isWanted = config.baseline !== undefined;
  const none = isWanted ? null : 0;
  const { lcp, cls } = measured;
  const lcpLimit = limits.lcp === undefined ? null : { most: limits.lcp, shown: formatDuration(limits.lcp) };
  const clsLimit = limits.cls === undefined ? null : { most: limits.cls, shown: String(limits.cls) };
  const compare = config.baseline !== undefined && 'compare' in config.baseline ? config.baseline : null;
  return [
    ...vitalItems(`${name}: LCP`, shownOf(lcp, shownLcp, 'nothing was painted'), { limit: lcpLimit, isWanted }),
    ...vitalItems(`${name}: CLS`, shownOf(cls, shownCls, 'not measured'), { limit: clsLimit, isWanted }),
    countItem(`${name}: console errors`, measured.consoleErrors, limits['console-errors'] ?? none),
    countItem(`${name}: failed requests`, measured.failedRequests, limits['failed-requests'] ?? none),
    ...(compare === null ? [] : compareItems(name, measured, { compare, kept: before?.get(name) ?? null })),
  ];
}

interface Shown {
  readonly value: number | null;
  readonly text: string;
}

function shownOf(value: number | null, show: (value: number) => string, otherwise: string): Shown {
  return { value, text: value === null ? otherwise : show(value) };
}

interface Wanted {
  readonly limit: { readonly most: number; readonly shown: string } | null;
  /** Needed even without a limit. */
  readonly isWanted: boolean;
}

function vitalItems(asked: string, { value, text }: Shown, { limit, isWanted }: Wanted): readonly EvidenceItem[] {
  const expected = limit === null ? 'measured' : `at most ${limit.shown}`;
  if (value === null) {
    return limit === null && !isWanted ? [] : [{ asked, found: text, expected, verdict: 'unknown' }];
  }
  return [{ asked, found: text, expected, verdict: limit === null || value <= limit.most ? 'pass' : 'fail' }];
}

function countItem(asked: string, problems: Problems, limit: number | null): EvidenceItem {
  const found = shownProblems(problems.total, [...problems.distinct.values()]);
  const expected = limit === null ? 'counted' : `at most ${limit}`;
  return { asked, found, expected, verdict: limit === null || problems.total <= limit ? 'pass' : 'fail' };
}
