import type { Counts } from '@slipway/judge';
import { addCounts, NO_COUNTS } from '../runs/counts.ts';
import type { Contender } from './contender.ts';
import { differenceOf, varianceOf } from './pooled-z.ts';

/** Spread of the differences that it expects: half a percentage point. */
const TAU = 0.005;
const ALPHA = 0.01;

/**
 * The mixture sequential probability ratio test of A/B testing (Johari, Koomen, Pekelis, Walsh, Always Valid Inference, arXiv 1512.04922,
 * section 4), with the normal approximation of a difference of proportions, looked at every second. It is two-sided; only a new version
 * that is worse is stopped.
 */
export function msprt(): Contender {
  let all = NO_COUNTS;
  return {
    every: 1,
    look: (counts) => {
      all = addCounts(all, counts);
      return varianceOf(all) > 0 && differenceOf(all) > 0 && logRatioOf(all, TAU) >= -Math.log(ALPHA);
    },
  };
}

/** ln of the mixture's likelihood ratio, differences normal with a spread of `tau` against none at all. */
export function logRatioOf(counts: Counts, tau: number): number {
  const variance = varianceOf(counts);
  const whole = variance + tau ** 2;
  return 0.5 * Math.log(variance / whole) + (tau ** 2 * differenceOf(counts) ** 2) / (2 * variance * whole);
}
