import type { Margin } from '../kernel/growth.ts';
import type { ShardTotals } from './shard-totals.ts';
import { logMeanOfSubsets } from './subset-mean.ts';

/**
 * Weights of a bad unit, or of a burst, in a shard's score: heavy ones for what is rare, light ones for what comes in large numbers or
 * clusters. Threefold apart: what lies between two of them is found nearly as soon.
 */
export const TILTS = [2, 0.7, 0.25, 0.08, 0.025, 0.008] as const;
/** Bursts are few: light weights would only say that they are not many. */
const BURST_TILTS = TILTS.slice(0, 4);
/** Bets in turn: each tilt on bad units, then the heavier ones on bursts. */
export const BETS = TILTS.length + BURST_TILTS.length;

export interface SubsetRules {
  /** The first so many shards are the new version's. */
  readonly newShards: number;
  readonly margin: Margin;
  /** 1: evidence of harm; -1: of harmlessness. */
  readonly sign: 1 | -1;
}

/**
 * ln of each bet's evidence from `from` to `now`: e^(the new version's score) over its mean over all subsets of the shards of the same
 * size, each taken for the new version's. Where labels say nothing, the new version's subset is as likely as any other, and the mean
 * of that quotient is exactly 1, whatever happens to shards and however long it lasts: nothing is assumed of what comes together.
 * A margin is granted by making old shards worse: each of their bad units stands for so many more, and `points` of their units are bad
 * on top. That is at least what a new version on the margin would come to, clusters or none (e^x - 1 >= x).
 */
export function subsetEvidence(from: ShardTotals, now: ShardTotals, rules: SubsetRules): Float64Array {
  const evidence = new Float64Array(BETS);
  const scores = new Float64Array(now.bad.length);
  const units = now.units - from.units;
  for (let bet = 0; bet < BETS; bet += 1) {
    const counted = bet < TILTS.length ? 'bad' : 'bursts';
    const tilt = rules.sign * (TILTS[bet % TILTS.length] ?? 0);
    const score = fillScores(scores, { from: from[counted], now: now[counted], tilt, units, ...rules });
    evidence[bet] = score - logMeanOfSubsets(scores, rules.newShards);
  }
  return evidence;
}

interface Scoring extends SubsetRules {
  readonly from: Float64Array;
  readonly now: Float64Array;
  readonly tilt: number;
  /** Of a shard, on average. */
  readonly units: number;
}

/** Gives the new version's score, the sum of its shards'. */
function fillScores(scores: Float64Array, { from, now, tilt, units, newShards, margin }: Scoring): number {
  const more = Math.expm1(tilt);
  const worse = tilt + (margin.ratio - 1) * more;
  const extra = margin.points * units * more;
  let sum = 0;
  for (let shard = 0; shard < scores.length; shard += 1) {
    const count = (now[shard] ?? 0) - (from[shard] ?? 0);
    const score = shard < newShards ? tilt * count : worse * count + extra;
    scores[shard] = score;
    if (shard < newShards) sum += score;
  }
  return sum;
}
