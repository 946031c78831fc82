import { binomialTail } from '../sequential/calibrate/binomial-tail.ts';
import { dispersionOf } from '../sequential/calibrate/dispersion.ts';
import { type ShardCounts, totalOf } from '../sequential/placebo/shard-counts.ts';
import { mostLikely } from './most-likely.ts';
import { selfAlarms, type SelfComparisonRules } from './self-comparison.ts';

/** Runs of the old version against itself, under one dispersion. */
export interface SelfComparison {
  readonly dispersion: number;
  readonly runs: number;
  /** Runs that would have been turned back, though nothing was new. */
  readonly alarms: number;
  /** What the chance of an alarm is at most, with a confidence of 95 % (Clopper and Pearson), were the runs independent. */
  readonly atMost: number;
}

/** What there is too little of. */
export type Lack = 'seconds' | 'shards' | 'bad';

export interface Calibration {
  /** Whether a verdict that rests on this metric may be believed, with `dispersion` in the plan. */
  readonly trusted: boolean;
  /** Without enough data nothing is known, and nothing is trusted. null: there is enough. */
  readonly lack: Lack | null;
  /** For the plan; null: nobody can say. */
  readonly dispersion: number | null;
  readonly seconds: number;
  readonly shards: number;
  readonly newShards: number;
  readonly bad: number;
  /** As the plan would have it without a setting, then with the one it needs where that is another one. */
  readonly compared: readonly SelfComparison[];
}

/** Less than this does not show how shards differ. */
export const LEAST_CALIBRATION: Readonly<Record<Lack, number>> = { seconds: 600, shards: 10, bad: 30 };
/** Only the newest part is looked at: more tells little, and takes long. */
export const MOST_CALIBRATED_SECONDS = 3_600;
/** From this dispersion on bad units come together: see dispersionOf. */
const TOGETHER = 1.2;
/** More alarms than chance would give once in a hundred times are no chance. */
const UNLIKELY = 0.01;
const MISS = 0.05;
/** What a plan may say. What comes together so much more tells nothing in any time that a launch has. */
const MOST_DISPERSION = 1_000;

/**
 * Which dispersion a metric needs, and whether it may be trusted with it, from shards of the old version alone, second by second, each in
 * its place: see selfAlarms. Runs share their data, so that alarms show a metric that is not to be trusted, and none of them prove nothing
 * beyond these data.
 */
export function calibrate(series: readonly ShardCounts[], rules: SelfComparisonRules): Calibration {
  const newest = series.slice(-MOST_CALIBRATED_SECONDS);
  const seconds = newest.filter(({ units }) => totalOf(units) > 0).length;
  const shards = newest[0]?.units.length ?? 0;
  const bad = totalOf(newest.map((second) => totalOf(second.bad)));
  const known = { seconds, shards, newShards: rules.newShards, bad };
  const lack = lackOf(known);
  if (lack !== null) return { trusted: false, lack, dispersion: null, ...known, compared: [] };
  const dispersion = dispersionFor(newest);
  const settings = dispersion === 1 ? [1] : [1, dispersion];
  const compared = settings.map((setting) => selfComparison(newest, setting, rules));
  const alarms = compared.at(-1)?.alarms ?? rules.runs;
  const isChance = binomialTail(alarms, rules.runs, rules.falseAlarms) > UNLIKELY;
  const trusted = isChance && dispersion <= MOST_DISPERSION;
  return { trusted, lack: null, dispersion, ...known, compared };
}

function lackOf({ seconds, shards, newShards, bad }: Pick<Calibration, Lack | 'newShards'>): Lack | null {
  if (seconds < LEAST_CALIBRATION.seconds) return 'seconds';
  if (newShards < 1 || shards - newShards < LEAST_CALIBRATION.shards) return 'shards';
  return bad < LEAST_CALIBRATION.bad ? 'bad' : null;
}

/** One digit behind the point, never less than was found. */
function dispersionFor(series: readonly ShardCounts[]): number {
  const units = (series[0]?.units ?? []).map((_, shard) => totalOf(series.map((second) => second.units[shard] ?? 0)));
  // A shard that was never asked must not be divided by.
  const all = totalOf(units.map((count) => Math.max(count, 1)));
  const found = dispersionOf(
    units.map((count) => Math.max(count, 1) / all),
    series.map(({ bad }) => bad),
  );
  return found <= TOGETHER ? 1 : Math.ceil(found * 10) / 10;
}

function selfComparison(
  series: readonly ShardCounts[],
  dispersion: number,
  rules: SelfComparisonRules,
): SelfComparison {
  const { runs } = rules;
  const alarms = selfAlarms(series, dispersion, rules);
  return { dispersion, runs, alarms, atMost: mostLikely(alarms, runs, MISS) };
}
