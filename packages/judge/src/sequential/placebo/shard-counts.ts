/** One arm in one second, shard by shard: instances, or users by a hash of their name. A shard keeps its place. */
export interface ShardCounts {
  readonly units: readonly number[];
  readonly bad: readonly number[];
}

/** Both arms in one second. Every shard, of either arm, is meant to be of the same kind; those of one arm of about the same size. */
export interface ShardReading {
  readonly new: ShardCounts;
  readonly old: ShardCounts;
}

export function totalOf(numbers: readonly number[]): number {
  let total = 0;
  for (const number of numbers) total += number;
  return total;
}
