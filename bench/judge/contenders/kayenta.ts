import type { Contender } from './contender.ts';
import { isAboveZero, shiftOf } from './mann-whitney.ts';

/** The part of the estimated shift that the interval must be above. */
const TOLERANCE = 0.25;

/** In which minutes one looks. */
export type Minutes = (minute: number) => boolean;

/**
 * The judge of Kayenta (kayenta-judge, MannWhitneyClassifier.scala, as NetflixACAJudge calls it: tolerance 0.25, confidence 0.98), fed with
 * the share of bad answers of every minute. Its documentation asks for 50 samples or more before one looks.
 */
export function kayenta(looks: Minutes): Contender {
  const [fresh, old]: [number[], number[]] = [[], []];
  return {
    every: 60,
    look: ({ newUnits, newBad, oldUnits, oldBad }) => {
      if (newUnits > 0) fresh.push(newBad / newUnits);
      if (oldUnits > 0) old.push(oldBad / oldUnits);
      return looks(Math.max(fresh.length, old.length)) && isHigh(fresh, old);
    },
  };
}

/** Whether Kayenta calls the new version's samples high. */
export function isHigh(fresh: readonly number[], old: readonly number[]): boolean {
  if (!isAboveZero(fresh, old)) return false;
  const { lower, estimate } = shiftOf(fresh, old);
  return lower > TOLERANCE * Math.abs(estimate);
}
