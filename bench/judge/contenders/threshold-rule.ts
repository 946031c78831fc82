import type { Counts } from '@slipway/judge';
import type { Contender } from './contender.ts';

interface ThresholdRule {
  /** Share of good answers of the new version in a minute below which the minute has failed. */
  readonly least: number;
  /** Failed minutes, in a row or not, at which the launch is stopped. */
  readonly failures: number;
}

/** Counts failed minutes of the new version, and never forgets one. Nobody asks how the old version does. */
export function thresholdRule({ least, failures }: ThresholdRule): Contender {
  let failed = 0;
  return {
    every: 60,
    look: (counts) => {
      if (hasFailed(counts, least)) failed += 1;
      return failed >= failures;
    },
  };
}

/** A minute in which nobody asked has not. */
export function hasFailed({ newUnits, newBad }: Counts, least: number): boolean {
  return newUnits > 0 && 1 - newBad / newUnits < least;
}
