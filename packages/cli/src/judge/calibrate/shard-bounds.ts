/** Bounds of shards that are read: only the newest hour of them counts. */
export const MOST_SHARDS = 1_000;
export const MOST_SHARD_SECONDS = 90_000;
