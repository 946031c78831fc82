import { randomWords } from '../../reference/random-words.ts';
import type { ShardCounts } from '../shard-counts.ts';

/** Units of a shard in a second. */
export const UNITS = 8;
/** Seconds of a noise, the chance that one begins in a shard's second, and bad units in each of its seconds on average. */
const NOISE = 30;
const BEGINS = 1 / 400;
const NOISY_BAD = 1;
const WORDS = 2 ** 32;

/**
 * Shards of which each is bad now and then for half a minute, and otherwise as `base` says: bad units of a shard in a second on average.
 * `harmed`: shards, the first ones, that are `times` as bad in every way.
 */
export function noisyShards(
  seed: number,
  { shards, harmed, times, base, noisy = true }: NoisyRules,
): () => ShardCounts {
  const next = randomWords(seed);
  const random = () => next() / WORDS;
  const left = Array.from({ length: shards }, () => 0);
  return () => {
    const bad = left.map((before, shard) => {
      const factor = shard < harmed ? times : 1;
      const begins = noisy && before === 0 && random() < BEGINS * factor;
      const now = begins ? NOISE : before;
      left[shard] = Math.max(0, now - 1);
      return Math.min(UNITS, poisson(base * factor + (now > 0 ? NOISY_BAD : 0), random));
    });
    return { units: bad.map(() => UNITS), bad };
  };
}

export interface NoisyRules {
  readonly shards: number;
  readonly harmed: number;
  readonly times: number;
  readonly base: number;
  readonly noisy?: boolean;
}

export function firstShardsNew({ units, bad }: ShardCounts, newShards: number) {
  return {
    new: { units: units.slice(0, newShards), bad: bad.slice(0, newShards) },
    old: { units: units.slice(newShards), bad: bad.slice(newShards) },
  };
}

function poisson(mean: number, random: () => number): number {
  let left = random();
  let chance = Math.exp(-mean);
  let count = 0;
  while (left >= chance && chance > 0) {
    left -= chance;
    count += 1;
    chance *= mean / count;
  }
  return count;
}
