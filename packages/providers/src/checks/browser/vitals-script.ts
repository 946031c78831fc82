import type { Page } from 'playwright-core';
import { z } from 'zod';
import type { Shift } from './layout-shift.ts';
import { cumulativeLayoutShift } from './layout-shift.ts';

const MAX_SHIFTS = 5000;
const READ = '__slipwayVitals';

/**
 * Runs in every document before its own code. LCP is the start time of the last `largest-contentful-paint` entry, CLS is made of the
 * `layout-shift` entries without recent input (web.dev/articles/lcp, web.dev/articles/cls).
 */
export const VITALS_SCRIPT = `(() => {
  const kept = { lcp: null, shifts: [], cut: false };
  const paint = (entries) => { for (const entry of entries) kept.lcp = entry.startTime; };
  const shift = (entries) => {
    for (const entry of entries) {
      if (entry.hadRecentInput) continue;
      if (kept.shifts.length < ${MAX_SHIFTS}) kept.shifts.push({ at: entry.startTime, value: entry.value });
      else kept.cut = true;
    }
  };
  const paints = new PerformanceObserver((list) => paint(list.getEntries()));
  const shifts = new PerformanceObserver((list) => shift(list.getEntries()));
  paints.observe({ type: 'largest-contentful-paint', buffered: true });
  shifts.observe({ type: 'layout-shift', buffered: true });
  const read = () => { paint(paints.takeRecords()); shift(shifts.takeRecords()); return kept; };
  Object.defineProperty(globalThis, '${READ}', { value: read });
})();`;

const amount = z.number().min(0);
const kept = z.object({
  lcp: amount.nullable(),
  shifts: z.array(z.object({ at: amount, value: amount })).max(MAX_SHIFTS),
  cut: z.boolean(),
});

export interface Vitals {
  /** Milliseconds from the navigation; null where nothing was painted. */
  readonly lcp: number | null;
  /** Null where there were too many shifts to keep. */
  readonly cls: number | null;
}

/** What the document that is shown now measured. What the page made of it is not trusted: another form is nothing measured. */
export async function readVitals(page: Page): Promise<Vitals> {
  const parsed = kept.safeParse(await page.evaluate(`globalThis.${READ}?.()`));
  if (!parsed.success) return { lcp: null, cls: null };
  const { lcp, shifts, cut } = parsed.data;
  return { lcp, cls: cut ? null : cumulativeLayoutShift(shifts satisfies readonly Shift[]) };
}
