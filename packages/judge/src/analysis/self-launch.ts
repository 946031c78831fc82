import { DEFAULT_DESIGN } from '../sequential/kernel/design.ts';
import { PlaceboMetric } from '../sequential/placebo/placebo-metric.ts';
import { type ShardCounts, totalOf } from '../sequential/placebo/shard-counts.ts';
import { Analysis } from './analysis.ts';
import { LEAST_BAD } from './ratio-track.ts';
import type { AnalysisRules } from './rules.ts';

/** How requests, or instances, of the pretended versions are compared. */
export type ComparedBy =
  | { readonly setting: 'requests'; readonly dispersion: number }
  | { readonly setting: 'instances' };

export const SELF_METRIC = 'bad';
const LEAST_UNITS = 10;

/** What a launch of the old version against itself is judged by: no margin, no limit. */
export function selfRules(by: ComparedBy, falseAlarms: number): AnalysisRules {
  const metric = { metric: SELF_METRIC, unit: 'ratio', better: 'lower', times: 1, plus: 0, limit: null } as const;
  const rest = { weight: 1, skew: 0, quantile: 0.99 };
  const judged =
    by.setting === 'instances'
      ? { ...metric, ...rest, dispersion: 1, compare: 'instances' as const }
      : { ...metric, ...rest, dispersion: by.dispersion };
  return { metrics: [judged], falseAlarms, wrongPromotions: null, leastUnits: LEAST_UNITS };
}

export interface SelfLaunch {
  readonly series: readonly ShardCounts[];
  /** Of all shards, by second: only those that are chosen are added up for each launch. */
  readonly totals: readonly { readonly units: number; readonly bad: number }[];
  /** The shards that pretend to be the new version. */
  readonly chosen: readonly number[];
}

/** Whether the very analysis that launches have would turn it back at any of its looks. */
export function isTurnedBack(launch: SelfLaunch, by: ComparedBy, falseAlarms: number): boolean {
  const rules = selfRules(by, falseAlarms);
  return by.setting === 'instances' ? ofInstances(launch, rules) : ofRequests(launch, rules);
}

function ofRequests({ series, totals, chosen }: SelfLaunch, rules: AnalysisRules): boolean {
  const analysis = new Analysis(rules, true, DEFAULT_DESIGN);
  return series.some(({ units, bad }, second) => {
    let [newUnits, newBad] = [0, 0];
    for (const shard of chosen) {
      newUnits += units[shard] ?? 0;
      newBad += bad[shard] ?? 0;
    }
    const all = totals[second] ?? { units: 0, bad: 0 };
    const counts = { newUnits, newBad, oldUnits: all.units - newUnits, oldBad: all.bad - newBad };
    return analysis.look(analysis.basisOf({ [SELF_METRIC]: { kind: 'ratio', ...counts } }, null)).decision === 'fail';
  });
}

/**
 * An analysis takes several times as long for a look, and of all that it works out only an alarm is asked for here. Of one metric
 * without a limit that is its evidence alone, which is worked out where it could be enough.
 */
function ofInstances({ series, chosen }: SelfLaunch, { falseAlarms, leastUnits }: AnalysisRules): boolean {
  const least = -Math.log(falseAlarms);
  const margin = { ratio: 1, points: 0 };
  const metric = new PlaceboMetric({ margin, promotion: margin, pace: 1, least });
  const fresh = new Set(chosen);
  const others = (series[0]?.units ?? []).flatMap((_, shard) => (fresh.has(shard) ? [] : [shard]));
  return series.some((second) => {
    const { harm } = metric.look({ new: part(second, chosen), old: part(second, others) });
    return harm >= least && metric.units >= leastUnits && metric.bad >= LEAST_BAD;
  });
}

function part({ units, bad }: ShardCounts, shards: readonly number[]): ShardCounts {
  return { units: shards.map((shard) => units[shard] ?? 0), bad: shards.map((shard) => bad[shard] ?? 0) };
}

/** Of all shards, second by second. */
export function totalsOf(series: readonly ShardCounts[]): SelfLaunch['totals'] {
  return series.map(({ units, bad }) => ({ units: totalOf(units), bad: totalOf(bad) }));
}
