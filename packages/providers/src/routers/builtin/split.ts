import { hash } from 'node:crypto';

export interface Weighted {
  readonly version: string;
  /** Any unit, not negative; only the ratios count. */
  readonly weight: number;
}

/** The version that a uniform number in [0, 1) falls to, in proportion to the weights; null when all weights are 0. */
export function chooseByNumber(weights: readonly Weighted[], uniform: number): string | null {
  let point = uniform * weights.reduce((sum, { weight }) => sum + weight, 0);
  let last: string | null = null;
  for (const { version, weight } of weights) {
    if (weight <= 0) continue;
    last = version;
    if (point < weight) return version;
    point -= weight;
  }
  // Rounding may leave a point a hair behind the last weight.
  return last;
}

/**
 * The version that a client belongs to, by weighted rendezvous hashing (Schindelhauer and Schomaker, "Weighted Distributed Hash
 * Tables", SPAA 2005, the logarithmic method): each version scores -weight / ln(u), u being uniform in (0, 1) and fixed for
 * version and client, and the highest score wins; a version wins with probability weight / sum.
 *
 * A score depends on its own version's weight alone and grows with it. So raising a version's weight only ever moves clients to
 * it, lowering it only ever away from it, a weight of 0 moves all, and going back brings each to where it was. The order of the
 * versions does not matter, and another launch tries its new version on other clients.
 */
export function chooseByKey(weights: readonly Weighted[], key: string): string | null {
  let best: string | null = null;
  let highest = 0;
  for (const { version, weight } of weights) {
    if (weight <= 0) continue;
    const score = -weight / Math.log(uniformOf(version, key));
    if (score <= highest) continue;
    highest = score;
    best = version;
  }
  return best;
}

const bits = 52;

/** The first 52 bits of SHA-256, as the middle of one of 2^52 equal parts of (0, 1): never 0 or 1. */
function uniformOf(version: string, key: string): number {
  const digest = hash('sha256', `${version.length}:${version}${key}`, 'hex');
  return (Number.parseInt(digest.slice(0, bits / 4), 16) + 0.5) / 2 ** bits;
}
