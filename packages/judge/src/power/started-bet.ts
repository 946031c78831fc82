import { logAdd } from '../sequential/kernel/log-sum.ts';

/** What a bet came to that was begun at every moment of some stretches, a little each. */
export interface StartedBet {
  readonly log: number;
  /** By how much that grows with what a bet grows by in each stretch, 0..1: what begins later misses a part. */
  readonly tangent: readonly number[];
}

/** A bet whose growth cannot be seen in a plain number. */
const ALMOST_NONE = 1e-4;

/**
 * `early`: part of the prior that is bet from the first second on; `starts`: ln of the part that begins within each stretch. `bets`: what a
 * bet over a whole stretch comes to; it grows evenly, so of those that begin within, the mean of e^(bet u) over u from 0 to 1 counts.
 */
export function startedBet(bets: readonly number[], starts: readonly number[], early: number): StartedBet {
  let log = Math.log(early);
  const tangent: number[] = [];
  for (const [index, bet] of bets.entries()) {
    const { mean, slope } = meanOf(bet);
    const all = logAdd(log + bet, (starts[index] ?? -Infinity) + mean);
    const before = Math.exp(log + bet - all);
    for (let earlier = 0; earlier < index; earlier += 1) tangent[earlier] = (tangent[earlier] ?? 0) * before;
    tangent.push(before + (1 - before) * slope);
    log = all;
  }
  return { log, tangent };
}

/** ln of the mean of e^(bet u), and what it grows by with the bet. */
function meanOf(bet: number): { readonly mean: number; readonly slope: number } {
  const size = Math.abs(bet);
  if (size < ALMOST_NONE) return { mean: bet / 2, slope: 0.5 };
  const mean = Math.max(0, bet) + Math.log(-Math.expm1(-size) / size);
  return { mean, slope: -1 / Math.expm1(-bet) - 1 / bet };
}
