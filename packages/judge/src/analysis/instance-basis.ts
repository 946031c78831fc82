import type { ShardCounts, ShardReading } from '../sequential/placebo/shard-counts.ts';
import type { Basis, MetricCounts } from './counts.ts';

type Instances = Extract<MetricCounts, { kind: 'instances' }>;

/** Numbers before those of the instances: the four of a share, and how many of the instances are the new version's. */
const HEAD = 5;

/**
 * Instances as a record keeps them: the counts of both versions as of any share, how many instances the new version has, and then
 * of each instance, the new version's first, its units and its bad ones. null for counts that contradict themselves.
 */
export function instanceBasis({ shards: { new: fresh, old }, ...counts }: Instances): Basis | null {
  const { newUnits, newBad, oldUnits, oldBad } = counts;
  const isOne = newBad >= 0 && newBad <= newUnits && oldBad >= 0 && oldBad <= oldUnits;
  if (!(isOne && isSane(fresh) && isSane(old))) return null;
  const of = ({ units, bad }: ShardCounts) => units.flatMap((count, shard) => [count, bad[shard] ?? 0]);
  return [newUnits, newBad, oldUnits, oldBad, fresh.units.length, ...of(fresh), ...of(old)];
}

function isSane({ units, bad }: ShardCounts): boolean {
  return units.every((count, shard) => (bad[shard] ?? Number.NaN) >= 0 && (bad[shard] ?? 0) <= count);
}

/** Where no instances were told apart, as at 100 %, a basis is one of any share. */
export function hasInstances(basis: Basis): boolean {
  return basis.length >= HEAD;
}

export function readingOf(basis: Basis): ShardReading {
  const newShards = basis[HEAD - 1] ?? 0;
  const [newEnd, end] = [HEAD + 2 * newShards, basis.length];
  return { new: shardsIn(basis, HEAD, newEnd), old: shardsIn(basis, newEnd, end) };
}

function shardsIn(basis: Basis, from: number, to: number): ShardCounts {
  const units: number[] = [];
  const bad: number[] = [];
  for (let at = from; at < to; at += 2) {
    units.push(basis[at] ?? 0);
    bad.push(basis[at + 1] ?? 0);
  }
  return { units, bad };
}
