import type { ShardCounts } from '../placebo/shard-counts.ts';
import type { ShardCount } from './cumulative.ts';

/** What instances did, each with its name. */
export interface NamedShards extends ShardCounts {
  readonly names: readonly string[];
}

/**
 * What each instance of a version did, by its name. One that came meanwhile counts from the next reading on, and one that has gone no
 * longer: what they did in part of a second is not compared with what others did in all of it. null: nothing tells them apart.
 */
export function grownShards(
  before: readonly ShardCount[] | undefined,
  after: readonly ShardCount[] | undefined,
): NamedShards | 'restarted' | null {
  if (before === undefined || after === undefined) return null;
  const known = new Map(before.map((shard) => [shard.name, shard]));
  const names: string[] = [];
  const units: number[] = [];
  const bad: number[] = [];
  for (const shard of after.toSorted((one, other) => (one.name < other.name ? -1 : 1))) {
    const base = known.get(shard.name);
    if (base === undefined) continue;
    const grown = { units: shard.units - base.units, bad: shard.bad - base.bad };
    if (grown.units < 0 || grown.bad < 0) return 'restarted';
    names.push(shard.name);
    units.push(grown.units);
    // A source may count an answer before its request: there are never more bad ones than came.
    bad.push(Math.min(grown.bad, grown.units));
  }
  return { names, units, bad };
}
