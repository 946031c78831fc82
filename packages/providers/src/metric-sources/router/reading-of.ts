import type { LatencyHistogram, Reading, VersionCounts } from '@slipway/provider-kit';
import type { RouterQuery } from './schema.ts';

/** What a version's counts say to a query. Counts that cannot be are missing, never zero. */
export function readingOf(query: RouterQuery, counts: VersionCounts): Reading {
  const { answers } = counts;
  if ('quantile' in query) {
    const { failed: _failed, ...given } = answers;
    const answered = sum(Object.values(given));
    if (answered !== 0 && Object.keys(counts.latency).length === 0) {
      return missing('this router keeps no latency histogram');
    }
    return latencyReading(counts.latency, query.quantile);
  }
  if (query.ratio === 'mirror-differences') return missing('the router sends this version no copies of requests');
  if (query.per === 'visitor') return visitorReading(counts);
  // Not `requests`: those in flight are neither good nor bad yet, and would hide errors while they last.
  const total = sum([answers['1xx'], answers['2xx'], answers['3xx'], answers['4xx'], answers['5xx'], answers.failed]);
  return ratioReading(query.ratio === 'server-errors' ? sum([answers['5xx'], answers.failed]) : answers['4xx'], total);
}

function visitorReading({ visitors }: VersionCounts): Reading {
  if (visitors === undefined) {
    return missing(
      'this router does not tell visitors apart: `per: visitor` needs the router builtin with `sticky: { cookie: NAME }`, started by this Slipway or a later one',
    );
  }
  if (visitors === null) return missing('more visitors than the router can tell apart have met an error');
  return ratioReading(visitors.bad, visitors.answered);
}

export function latencyReading(histogram: LatencyHistogram, quantile: number): Reading {
  if (!Object.values(histogram).every(isCount)) return missing('the router gave a latency histogram that cannot be');
  return { kind: 'latency', histogram, quantile };
}

/** Null stands for counts that cannot be. */
export function ratioReading(bad: number | null, total: number | null): Reading {
  if (bad === null || total === null || !isCount(bad) || !isCount(total)) {
    return missing('the router gave counts that cannot be');
  }
  return { kind: 'ratio', bad, total };
}

export const missing = (reason: string): Reading => ({ kind: 'missing', reason });

/** Null where one of them cannot be a count. */
export function sum(counts: readonly number[]): number | null {
  return counts.every(isCount) ? counts.reduce((total, count) => total + count, 0) : null;
}

const isCount = (value: number): boolean => Number.isSafeInteger(value) && value >= 0;
