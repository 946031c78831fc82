/** Part of the bets that is soon as high as it gets: light ones need hundreds of bad units for that. */
const SOON = 1 / 5;

/** ln of the evidence that so many shards may soon come to at most, where `stake` is bet on them: every bet's is below the number of subsets. */
export function mostEvidence(newShards: number, oldShards: number, stake: number): number {
  let subsets = 0;
  for (let shard = 1; shard <= newShards; shard += 1) subsets += Math.log((oldShards + shard) / shard);
  return Math.log(stake * SOON) + subsets;
}
