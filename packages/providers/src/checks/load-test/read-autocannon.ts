import { z } from 'zod';
import type { LoadSummary } from './load-summary.ts';

const count = z.number().min(0);

/** What `autocannon --json` prints; latencies in milliseconds. */
const autocannonForm = z.object({
  finish: z.iso.datetime(),
  /** Requests without an answer, time-outs included. */
  errors: count,
  /** Answers with a body other than the expected one. */
  mismatches: count,
  non2xx: count,
  latency: z.record(z.string(), z.number()),
  requests: z.object({ average: count, total: count }),
});

const PERCENTILE = /^p(\d{1,2}(?:_\d{1,3})?)$/;

/** Null where the document is none of autocannon's. */
export function readAutocannon(json: unknown): LoadSummary | null {
  const { data, success } = autocannonForm.safeParse(json);
  if (!success) return null;
  const { errors, mismatches, non2xx, requests } = data;
  const all = requests.total + errors;
  return {
    tool: 'autocannon',
    requests: all,
    rate: requests.average,
    // An answer may be counted twice, once for its status and once for its body: rather that than none.
    errorRate: all === 0 ? 1 : Math.min(1, (errors + mismatches + non2xx) / all),
    percentiles: percentilesOf(data.latency),
    finishedAt: Date.parse(data.finish),
    thresholds: [],
  };
}

function percentilesOf(latency: Readonly<Record<string, number>>): ReadonlyMap<string, number> {
  const named = Object.entries(latency).flatMap(([key, milliseconds]): [string, number][] => {
    const [, percentile] = PERCENTILE.exec(key) ?? [];
    return percentile === undefined ? [] : [[`p${percentile.replace('_', '.')}`, milliseconds]];
  });
  return new Map(named);
}
