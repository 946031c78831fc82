import type { Counts } from '@slipway/judge';
import { addCounts, NO_COUNTS } from '../runs/counts.ts';
import type { Contender } from './contender.ts';
import { ONE_PERCENT } from './normal.ts';

/** The textbook's test of two proportions (Fleiss, Levin, Paik, section 3.1), of all counts so far, one-sided 1 %, looked at every minute. */
export function pooledZ(): Contender {
  let all = NO_COUNTS;
  return {
    every: 60,
    look: (counts) => {
      all = addCounts(all, counts);
      return zOf(all) > ONE_PERCENT;
    },
  };
}

/** Above 0 where the new version's share is the higher one; 0 where nothing can be said. */
export function zOf(counts: Counts): number {
  const spread = Math.sqrt(varianceOf(counts));
  return spread > 0 ? differenceOf(counts) / spread : 0;
}

/** By how much the new version's share of bad units is higher. */
export function differenceOf({ newUnits, newBad, oldUnits, oldBad }: Counts): number {
  return newBad / newUnits - oldBad / oldUnits;
}

/** Of the difference, were both versions alike; 0 where nothing can be said. */
export function varianceOf({ newUnits, newBad, oldUnits, oldBad }: Counts): number {
  if (newUnits === 0 || oldUnits === 0) return 0;
  const share = (newBad + oldBad) / (newUnits + oldUnits);
  return share * (1 - share) * (1 / newUnits + 1 / oldUnits);
}
