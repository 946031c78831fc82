import type { ShardCounts } from '../placebo/shard-counts.ts';

/**
 * Shards that are `times` (whole) as bad as they were: each gets the bad units of so many others on top, so that what comes together comes
 * so many times as often. Nothing is assumed of how it comes together.
 */
export function worsened(series: readonly ShardCounts[], times: number): readonly ShardCounts[] {
  return series.map(({ units, bad }) => {
    const apart = Math.max(1, Math.floor(bad.length / times));
    const more = bad.map((_, shard) => {
      let sum = 0;
      for (let other = 1; other < times; other += 1) sum += bad[(shard + other * apart) % bad.length] ?? 0;
      return sum;
    });
    return {
      units: units.map((count, shard) => count + (more[shard] ?? 0)),
      bad: bad.map((count, shard) => count + (more[shard] ?? 0)),
    };
  });
}
