import type { SelfComparisonRules } from './self-comparison.ts';

/** What launches of instances against themselves are computed over. */
export interface Extent {
  /** Of the series, the newest. */
  readonly seconds: number;
  readonly runs: number;
}

interface Size {
  readonly seconds: number;
  readonly shards: number;
  readonly bad: number;
}

/** Steps of the elementary symmetric polynomials: ten seconds or so of computing, whatever machine it is, so that the answer is the same. */
const MOST_STEPS = 18_000_000;
/** Fewer runs than this show next to nothing. */
const LEAST_RUNS = 30;
/** Shorter launches than this are too short for bad moments to come again. */
const LEAST_SECONDS = 600;

/** As many runs as were asked for, or fewer over less of the time, where instances are many; null: even the least would take too long. */
export function instanceRuns({ seconds, shards, bad }: Size, { newShards, runs }: SelfComparisonRules): Extent | null {
  // Evidence is worked out where the pretended new version has bad units.
  const worked = Math.min(1, (bad / seconds) * (newShards / shards));
  const stepsASecond = worked * shards * newShards;
  const longest = Math.floor(MOST_STEPS / (stepsASecond * Math.min(runs, LEAST_RUNS)));
  if (longest < Math.min(seconds, LEAST_SECONDS)) return null;
  const length = Math.min(seconds, longest);
  return { seconds: length, runs: Math.min(runs, Math.floor(MOST_STEPS / (stepsASecond * length))) };
}
