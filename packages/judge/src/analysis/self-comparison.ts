import type { ShardCounts } from '../sequential/placebo/shard-counts.ts';
import { randomWords } from '../sequential/reference/random-words.ts';
import { type ComparedBy, isTurnedBack, totalsOf } from './self-launch.ts';

export interface SelfComparisonRules {
  /** Of the shards, how many pretend to be the new version. */
  readonly newShards: number;
  /** How often others of them do. */
  readonly runs: number;
  /** False alarms that a launch allows, above 0 and below 1. */
  readonly falseAlarms: number;
  readonly seed: number;
}

/**
 * How many launches of the old version against itself would be turned back: in each, other shards pretend to be the new one, in front of
 * the very analysis that launches have, without a margin.
 */
export function selfAlarms(series: readonly ShardCounts[], by: ComparedBy, rules: SelfComparisonRules): number {
  const { newShards, runs, falseAlarms, seed } = rules;
  const totals = totalsOf(series);
  const next = randomWords(seed);
  let alarms = 0;
  for (let run = 0; run < runs; run += 1) {
    const chosen = drawn(series[0]?.units.length ?? 0, newShards, next);
    if (isTurnedBack({ series, totals, chosen }, by, falseAlarms)) alarms += 1;
  }
  return alarms;
}

/** So many of the shards, each as likely as any other. */
function drawn(shards: number, count: number, next: () => number): readonly number[] {
  const chosen = new Set<number>();
  while (chosen.size < Math.min(count, shards)) chosen.add(next() % shards);
  return [...chosen];
}
