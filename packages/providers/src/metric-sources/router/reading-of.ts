import type { Reading, VersionCounts } from '@slipway/provider-kit';
import type { RouterQuery } from './schema.ts';

/** What a version's counts say to a query. Counts that cannot be are missing, never zero. */
export function readingOf(query: RouterQuery, counts: VersionCounts): Reading {
  if ('quantile' in query) {
    const { latency: histogram } = counts;
    if (!Object.values(histogram).every(isCount)) return missing('the router gave a latency histogram that cannot be');
    const { failed: _failed, ...answers } = counts.answers;
    const answered = sum(Object.values(answers));
    if (answered !== 0 && Object.keys(histogram).length === 0) return missing('this router keeps no latency histogram');
    return { kind: 'latency', histogram, quantile: query.quantile };
  }
  const { answers } = counts;
  // Not `requests`: those in flight are neither good nor bad yet, and would hide errors while they last.
  const total = sum([answers['1xx'], answers['2xx'], answers['3xx'], answers['4xx'], answers['5xx'], answers.failed]);
  const bad = query.ratio === 'server-errors' ? sum([answers['5xx'], answers.failed]) : sum([answers['4xx']]);
  if (total === null || bad === null) return missing('the router gave counts that cannot be');
  return { kind: 'ratio', bad, total };
}

export const missing = (reason: string): Reading => ({ kind: 'missing', reason });

function sum(counts: readonly number[]): number | null {
  return counts.every(isCount) ? counts.reduce((total, count) => total + count, 0) : null;
}

const isCount = (value: number): boolean => Number.isSafeInteger(value) && value >= 0;
