/** What shards have done since a second, each in its place, the new version's first. */
export interface ShardTotals {
  /** Bad units. */
  readonly bad: Float64Array;
  /** Beginnings of a burst: bad units with none just before them. */
  readonly bursts: Float64Array;
  /** Units that a shard has had, on average. */
  readonly units: number;
}

export interface ShardTotalsState {
  readonly bad: readonly number[];
  readonly bursts: readonly number[];
  readonly units: number;
}

export function noTotals(shards: number): ShardTotals {
  return { bad: new Float64Array(shards), bursts: new Float64Array(shards), units: 0 };
}

export function copyOf({ bad, bursts, units }: ShardTotals): ShardTotals {
  return { bad: bad.slice(), bursts: bursts.slice(), units };
}

export function totalsState({ bad, bursts, units }: ShardTotals): ShardTotalsState {
  return { bad: [...bad], bursts: [...bursts], units };
}

export function totalsOfState({ bad, bursts, units }: ShardTotalsState): ShardTotals {
  return { bad: Float64Array.from(bad), bursts: Float64Array.from(bursts), units };
}
