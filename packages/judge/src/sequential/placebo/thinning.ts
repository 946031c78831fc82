import { stateAfter, wordOf } from '../reference/random-words.ts';

/** Draws in turn; above this many units a count is taken at its mean, from which it is not far then. */
const MOST_DRAWS = 4_096;
const WORDS = 2 ** 32;

/**
 * Makes counts of larger shards those of smaller ones: each bad unit is kept with the same chance. It is drawn, because a mean would be
 * calmer than what a small shard meets; by a generator whose state is kept, so that the same counts are thinned alike again.
 */
export class Thinning {
  #word: number;

  /** `word`: where the generator is, whole. */
  constructor(word: number) {
    this.#word = word >>> 0;
  }

  get word(): number {
    return this.#word;
  }

  /** How many of `bad` are kept. `keep`: the chance of each, 0..1. */
  kept(bad: number, keep: number): number {
    if (keep >= 1 || bad === 0) return bad;
    if (bad > MOST_DRAWS) return Math.round(bad * keep);
    let kept = 0;
    for (let unit = 0; unit < bad; unit += 1) if (this.#next() < keep) kept += 1;
    return kept;
  }

  /** 0..1 */
  #next(): number {
    this.#word = stateAfter(this.#word);
    return wordOf(this.#word) / WORDS;
  }
}
