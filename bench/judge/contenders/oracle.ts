import type { Scene } from '../streams/arms.ts';
import type { Contender } from './contender.ts';

const ALPHA = 0.01;

/**
 * What no judge can know: Wald's sequential probability ratio test with the right rate of either version in every second, and the second in
 * which the regression begins. It needs no old version to compare with.
 */
export function oracle({ cell, pattern, regression }: Scene): Contender {
  let second = 0;
  let log = 0;
  return {
    every: 1,
    look: ({ newUnits, newBad }) => {
      second += 1;
      const base = cell.base * pattern.at(second).bad;
      log += logRatio({ units: newUnits, bad: newBad }, base, regression.rateAt(base, second));
      return log >= -Math.log(ALPHA);
    },
  };
}

/** ln of how much likelier the counts are with the share `bad` than with the share `sound` of bad units. */
export function logRatio(counts: { readonly units: number; readonly bad: number }, sound: number, bad: number): number {
  if (sound === bad) return 0;
  const good = counts.units - counts.bad;
  return counts.bad * Math.log(bad / sound) + (good === 0 ? 0 : good * Math.log((1 - bad) / (1 - sound)));
}
