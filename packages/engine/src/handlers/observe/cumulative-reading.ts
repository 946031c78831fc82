import type { ArmTotals, BucketCount, CumulativeReading, KnownSecond, MetricCounts } from '@slipway/judge';
import type { Reading, Sample } from '@slipway/provider-kit';

/**
 * A sample as the judge takes counters. Without an old version that one's counters stand still. `before`: what it is compared with; a
 * source that does not know whether it began anew is taken at the other's word.
 */
export function cumulativeReading(
  { at, boot, new: fresh, old }: Sample,
  { share, isCompared, before }: { share: number | null; isCompared: boolean; before: CumulativeReading | undefined },
): CumulativeReading {
  return {
    at,
    boot: boot === '' ? (before?.boot ?? '') : boot,
    share: share ?? 1,
    new: totalsOf(fresh),
    old: isCompared ? totalsOf(old) : NOTHING,
  };
}

const NOTHING: ArmTotals = { units: 0, bad: 0, latencies: [] };

/** A version that was never met has counted zero; one of which nothing can be said has not. */
function totalsOf(reading: Reading): ArmTotals | null {
  switch (reading.kind) {
    case 'ratio':
      return { units: reading.total, bad: reading.bad, latencies: null };
    case 'latency': {
      const latencies = Object.entries(reading.histogram).map(([bucket, count]): BucketCount => [
        Number(bucket),
        count,
      ]);
      return { units: latencies.reduce((sum, [, count]) => sum + count, 0), bad: 0, latencies };
    }
    case 'unseen':
      return NOTHING;
    case 'gauge':
    case 'missing':
      return null;
  }
}

/** What a metric counted between two looks. */
export function metricCounts({ counts, latencies }: KnownSecond, unit: 'ratio' | 'milliseconds'): MetricCounts | null {
  if (unit === 'ratio') return { kind: 'ratio', ...counts };
  return latencies === null ? null : { kind: 'latency', ...latencies };
}
