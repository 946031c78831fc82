import type { EvidenceItem } from '@slipway/provider-kit';
import type { KeptPage } from './baseline-form.ts';
import type { Problems } from './problem-list.ts';
import type { CompareConfig } from './schema.ts';
import { shownCls, shownLcp, shownProblems } from './shown.ts';
import type { Measured } from './visit.ts';

export interface Comparing {
  readonly compare: CompareConfig;
  /** What the baseline has of the page; null where it does not have it. */
  readonly kept: KeptPage | null;
}

/** A page against what was kept of it. Problems that were there before pass, however often they come now. */
export function compareItems(name: string, measured: Measured, { compare, kept }: Comparing): readonly EvidenceItem[] {
  if (kept === null) {
    const expected = 'in the baseline';
    return [
      { asked: `${name}: baseline`, found: 'the baseline does not have this page', expected, verdict: 'unknown' },
    ];
  }
  const { worse } = compare;
  const lcpMost = Math.max(kept.lcp * worse, kept.lcp + compare['lcp-slack']);
  const clsMost = Math.max(kept.cls * worse, kept.cls + compare['cls-slack']);
  const before = { lcp: shownLcp(kept.lcp), cls: shownCls(kept.cls) };
  return [
    newItem(`${name}: new console errors`, measured.consoleErrors, kept.consoleErrors),
    newItem(`${name}: new failed requests`, measured.failedRequests, kept.failedRequests),
    ...worseItems(`${name}: LCP against ${before.lcp} before`, measured.lcp, { most: lcpMost, show: shownLcp }),
    ...worseItems(`${name}: CLS against ${before.cls} before`, measured.cls, { most: clsMost, show: shownCls }),
  ];
}

function newItem(asked: string, problems: Problems, before: readonly string[]): EvidenceItem {
  const known = new Set(before);
  const texts = [...problems.distinct].filter(([key]) => !known.has(key)).map(([, text]) => text);
  const item = { asked, found: shownProblems(texts.length, texts), expected: '0' };
  if (texts.length > 0) return { ...item, verdict: 'fail' };
  if (problems.cut) return { ...item, found: 'more than can be told apart', verdict: 'unknown' };
  return { ...item, verdict: 'pass' };
}

interface Worse {
  readonly most: number;
  readonly show: (value: number) => string;
}

/** Where nothing was measured, an item says so already. */
function worseItems(asked: string, value: number | null, { most, show }: Worse): readonly EvidenceItem[] {
  if (value === null) return [];
  return [{ asked, found: show(value), expected: `at most ${show(most)}`, verdict: value <= most ? 'pass' : 'fail' }];
}
