import { DEFAULT_DESIGN } from '../sequential/kernel/design.ts';
import { type ShardCounts, totalOf } from '../sequential/placebo/shard-counts.ts';
import { randomWords } from '../sequential/reference/random-words.ts';
import { Analysis } from './analysis.ts';
import type { AnalysisRules } from './rules.ts';

export interface SelfComparisonRules {
  /** Of the shards, how many pretend to be the new version. */
  readonly newShards: number;
  /** How often others of them do. */
  readonly runs: number;
  /** False alarms that a launch allows, above 0 and below 1. */
  readonly falseAlarms: number;
  readonly seed: number;
}

const METRIC = 'bad';
const LEAST_UNITS = 10;

/**
 * How many launches of the old version against itself would be turned back: in each, other shards pretend to be the new one, in front of
 * the very analysis that launches have, without a margin.
 */
export function selfAlarms(series: readonly ShardCounts[], dispersion: number, rules: SelfComparisonRules): number {
  const { newShards, runs, falseAlarms, seed } = rules;
  const judged = analysisRules(dispersion, falseAlarms);
  const totals = series.map(({ units, bad }) => ({ units: totalOf(units), bad: totalOf(bad) }));
  const next = randomWords(seed);
  let alarms = 0;
  for (let run = 0; run < runs; run += 1) {
    const chosen = drawn(series[0]?.units.length ?? 0, newShards, next);
    if (isTurnedBack({ series, totals, chosen }, judged)) alarms += 1;
  }
  return alarms;
}

function analysisRules(dispersion: number, falseAlarms: number): AnalysisRules {
  const metric = { metric: METRIC, unit: 'ratio', better: 'lower', times: 1, plus: 0, limit: null } as const;
  const metrics = [{ ...metric, weight: 1, dispersion, skew: 0, quantile: 0.99 }];
  return { metrics, falseAlarms, wrongPromotions: null, leastUnits: LEAST_UNITS };
}

interface Pretended {
  readonly series: readonly ShardCounts[];
  /** Of all shards, by second: only those that are chosen are added up for each run. */
  readonly totals: readonly { readonly units: number; readonly bad: number }[];
  readonly chosen: readonly number[];
}

function isTurnedBack({ series, totals, chosen }: Pretended, rules: AnalysisRules): boolean {
  const analysis = new Analysis(rules, true, DEFAULT_DESIGN);
  return series.some(({ units, bad }, second) => {
    let [newUnits, newBad] = [0, 0];
    for (const shard of chosen) {
      newUnits += units[shard] ?? 0;
      newBad += bad[shard] ?? 0;
    }
    const all = totals[second] ?? { units: 0, bad: 0 };
    const counts = { newUnits, newBad, oldUnits: all.units - newUnits, oldBad: all.bad - newBad };
    return analysis.look(analysis.basisOf({ [METRIC]: { kind: 'ratio', ...counts } }, null)).decision === 'fail';
  });
}

/** So many of the shards, each as likely as any other. */
function drawn(shards: number, count: number, next: () => number): readonly number[] {
  const chosen = new Set<number>();
  while (chosen.size < Math.min(count, shards)) chosen.add(next() % shards);
  return [...chosen];
}
