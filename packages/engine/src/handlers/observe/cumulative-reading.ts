import type {
  ArmTotals,
  BucketCount,
  CumulativeReading,
  KnownSecond,
  MetricCounts,
  ShardReading,
} from '@slipway/judge';
import type { JudgedMetric } from '@slipway/plan';
import type { Reading, ShardCount } from '@slipway/provider-kit';
import type { WatchedSample } from './read-instances.ts';

/**
 * A sample as the judge takes counters. Without an old version that one's counters stand still. `before`: what it is compared with; a
 * source that does not know whether it began anew is taken at the other's word.
 */
export function cumulativeReading(
  { at, boot, new: fresh, old, instances }: WatchedSample,
  { share, isCompared, before }: { share: number | null; isCompared: boolean; before: CumulativeReading | undefined },
): CumulativeReading {
  return {
    at,
    boot: boot === '' ? (before?.boot ?? '') : boot,
    share: share ?? 1,
    new: totalsOf(fresh, instances?.new),
    old: isCompared ? totalsOf(old, instances?.old) : NOTHING,
  };
}

const NOTHING: ArmTotals = { units: 0, bad: 0, latencies: [] };

/** A version that was never met has counted zero; one of which nothing can be said has not. */
function totalsOf(reading: Reading, instances?: readonly ShardCount[]): ArmTotals | null {
  switch (reading.kind) {
    case 'ratio':
      return { units: reading.total, bad: reading.bad, latencies: null, ...shardsOf(instances) };
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

function shardsOf(instances: readonly ShardCount[] | undefined): Pick<ArmTotals, 'shards'> {
  if (instances === undefined) return {};
  return { shards: instances.map(({ name, total, bad }) => ({ name, units: total, bad })) };
}

/** What a metric counted between two looks; null: not what it is compared by. `place`: gives instances their places. */
export function metricCounts(
  { counts, latencies, shards }: KnownSecond,
  { unit, compare }: Pick<JudgedMetric, 'unit' | 'compare'>,
  place: (shards: NonNullable<KnownSecond['shards']>) => ShardReading,
): MetricCounts | null {
  if (compare === 'instances') return shards === null ? null : { kind: 'instances', ...counts, shards: place(shards) };
  if (unit === 'ratio') return { kind: 'ratio', ...counts };
  return latencies === null ? null : { kind: 'latency', ...latencies };
}
