/** Part of the stake that is bet from the first look on; each later start takes half of what is left. */
export const EARLY = 0.8;
/** Part of the bets that is soon as high as it gets: light ones need hundreds of bad units for that. */
const SOON = 1 / 5;

/** ln of the evidence that so many shards may soon come to at most: every bet's is below the number of subsets. */
export function mostEvidence(newShards: number, oldShards: number): number {
  let subsets = 0;
  for (let shard = 1; shard <= newShards; shard += 1) subsets += Math.log((oldShards + shard) / shard);
  return Math.log(EARLY * SOON) + subsets;
}
