import { z } from 'zod';
import type { PageReport } from './visit.ts';

const keys = z.array(z.string().max(3000)).max(100);

/** What is kept of a page. */
const keptPage = z.strictObject({
  lcp: z.number().min(0),
  cls: z.number().min(0),
  /** Keys of problems, see problem-key.ts. */
  consoleErrors: keys,
  failedRequests: keys,
});

export const baselineForm = z.strictObject({
  form: z.literal(1),
  name: z.string(),
  /** The site's origin. */
  url: z.string(),
  /** Milliseconds since the epoch. */
  savedAt: z.number(),
  pages: z.array(z.strictObject({ name: z.string(), kept: keptPage })).max(20),
});

export type Baseline = z.infer<typeof baselineForm>;
export type KeptPage = z.infer<typeof keptPage>;

/** Null where something was not measured, or is more than can be kept: that is nothing to compare with. */
export function keptPageOf({ measured }: PageReport): KeptPage | null {
  const { lcp, cls, consoleErrors, failedRequests } = measured;
  if (lcp === null || cls === null || consoleErrors.cut || failedRequests.cut) return null;
  const [first, second] = [consoleErrors, failedRequests].map(({ distinct }) => [...distinct.keys()]);
  return { lcp, cls, consoleErrors: first ?? [], failedRequests: second ?? [] };
}
