import { BETS } from './subset-evidence.ts';

/**
 * ln of the evidence that so many shards soon come to, where `stake` is bet on them: when one of the bets is as high as it gets, which is the
 * number of subsets. The light ones take hundreds of bad units for that.
 */
export function mostEvidence(newShards: number, oldShards: number, stake: number): number {
  let subsets = 0;
  for (let shard = 1; shard <= newShards; shard += 1) subsets += Math.log((oldShards + shard) / shard);
  return Math.log(stake / BETS) + subsets;
}
