import { logAdd } from '../kernel/log-sum.ts';

/** Products down to e^-600 are still far from what doubles cannot hold. */
const HELD = 600;

/**
 * ln of the mean of e^(sum of the scores) over all subsets of `size` of them: what a draw of so many shards would come to on average.
 * It is the elementary symmetric polynomial of the e^score over the number of subsets, in `size` times as many steps as there are scores.
 * `scores`: finite; `size`: 1 or more, at most as many as there are.
 */
export function logMeanOfSubsets(scores: Float64Array, size: number): number {
  let [low, high] = [Infinity, -Infinity];
  for (const score of scores) {
    if (score < low) low = score;
    if (score > high) high = score;
  }
  const isHeld = (high - low) * size < HELD;
  return isHeld ? high * size + Math.log(meanBelow(scores, size, high)) : logMean(scores, size);
}

/** Mean of the products of e^(score - high), by subsets of 0, 1, ..., `size` of the first scores: each is in a subset or not. */
function meanBelow(scores: Float64Array, size: number, high: number): number {
  const means = new Float64Array(size + 1);
  means[0] = 1;
  for (let seen = 1; seen <= scores.length; seen += 1) {
    const product = Math.exp((scores[seen - 1] ?? 0) - high);
    for (let part = Math.min(size, seen); part >= 1; part -= 1) {
      const taken = part / seen;
      means[part] = taken * product * (means[part - 1] ?? 0) + (1 - taken) * (means[part] ?? 0);
    }
  }
  return means[size] ?? 0;
}

/** The same by logarithms, some ten times as slow: for shards that are worlds apart. */
function logMean(scores: Float64Array, size: number): number {
  const means = new Float64Array(size + 1).fill(-Infinity);
  means[0] = 0;
  for (let seen = 1; seen <= scores.length; seen += 1) {
    const score = scores[seen - 1] ?? 0;
    for (let part = Math.min(size, seen); part >= 1; part -= 1) {
      const taken = part / seen;
      means[part] = logAdd(
        Math.log(taken) + score + (means[part - 1] ?? -Infinity),
        Math.log1p(-taken) + (means[part] ?? -Infinity),
      );
    }
  }
  return means[size] ?? 0;
}
