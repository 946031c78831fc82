import { binomialTail } from '../sequential/calibrate/binomial-tail.ts';

/** Halvings: far below what a screen shows. */
const STEPS = 50;

/**
 * The largest chance under which so few successes in so many independent trials still come with a chance of `miss` or more: the exact
 * upper bound of Clopper and Pearson, one-sided with a confidence of 1 - `miss`.
 */
export function mostLikely(successes: number, trials: number, miss: number): number {
  if (successes >= trials) return 1;
  let [low, high] = [successes / trials, 1];
  for (let step = 0; step < STEPS; step += 1) {
    const middle = (low + high) / 2;
    const isIn = middle > 0 && middle < 1 && 1 - binomialTail(successes + 1, trials, middle) >= miss;
    if (isIn || middle === 0) low = middle;
    else high = middle;
  }
  return high;
}
