import type { BucketCount } from '../metrics/latency-metric.ts';
import type { ArmTotals } from './cumulative.ts';
import { grownShards, type NamedShards } from './grown-shards.ts';
import type { Unreadable } from './second.ts';

/** What a version did between two readings. */
export interface GrownArm extends Omit<ArmTotals, 'shards'> {
  readonly shards: NamedShards | null;
}

/** What a version's counters grew by, or why nobody knows. Both readings tell something on their own. */
export function grownBy(before: ArmTotals, after: ArmTotals): GrownArm | Unreadable {
  const [units, bad] = [after.units - before.units, after.bad - before.bad];
  const latencies = grownLatencies(before.latencies, after.latencies);
  const shards = grownShards(before.shards, after.shards);
  if (units < 0 || bad < 0 || latencies === 'restarted' || shards === 'restarted') return 'restarted';
  // The two counters were not read at the same moment.
  if (bad > units) return 'bad-above-units';
  return { units, bad, latencies, shards };
}

function grownLatencies(
  before: ArmTotals['latencies'],
  after: ArmTotals['latencies'],
): ArmTotals['latencies'] | 'restarted' {
  if (before === null || after === null) return null;
  const [old, now] = [countsOf(before), countsOf(after)];
  const hasFallen = [...old].some(([bucket, count]) => (now.get(bucket) ?? 0) < count);
  if (hasFallen) return 'restarted';
  const grown = [...now].map(([bucket, count]): BucketCount => [bucket, count - (old.get(bucket) ?? 0)]);
  return grown.filter(([, count]) => count > 0).toSorted(([one], [other]) => one - other);
}

/** By bucket: one that is named twice has both counts. */
export function countsOf(latencies: readonly BucketCount[]): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const [bucket, count] of latencies) counts.set(bucket, (counts.get(bucket) ?? 0) + count);
  return counts;
}
