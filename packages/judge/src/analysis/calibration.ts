import { binomialTail } from '../sequential/calibrate/binomial-tail.ts';
import { dispersionOf } from '../sequential/calibrate/dispersion.ts';
import { type ShardCounts, totalOf } from '../sequential/placebo/shard-counts.ts';
import { areTooFew } from './few-instances.ts';
import { instanceRuns } from './instance-runs.ts';
import { EARLY } from '../sequential/placebo/stakes.ts';
import { mostLikely } from './most-likely.ts';
import { selfAlarms, type SelfComparisonRules } from './self-comparison.ts';
import type { ComparedBy } from './self-launch.ts';

/** Runs of the old version against itself, compared in one way. */
export type SelfComparison = Rehearsed & ComparedBy;

interface Rehearsed {
  /** That each run went through, the newest. */
  readonly seconds: number;
  readonly runs: number;
  /** Runs that would have been turned back, though nothing was new. */
  readonly alarms: number;
  /** What the chance of an alarm is at most, with a confidence of 95 % (Clopper and Pearson), were the runs independent. */
  readonly atMost: number;
  /** Whether a plan may say so, and there are no more alarms than chance brings to a metric that keeps the promise. */
  readonly holds: boolean;
}

/** What there is too little of. */
export type Lack = 'seconds' | 'shards' | 'bad';

/** Why instances were not compared though bad units come together: with so few no harm could ever be found, or it takes minutes. */
export type Untried = 'too-few' | 'too-long';

export interface Calibration {
  /** Whether a verdict that rests on this metric may be believed, with `setting` in the plan. */
  readonly trusted: boolean;
  /** Without enough data nothing is known, and nothing is trusted. null: there is enough. */
  readonly lack: Lack | null;
  /** For the plan: to compare instances, if the shards are such, or requests with the dispersion; null: nothing helps, or nobody can say. */
  readonly setting: ComparedBy['setting'] | null;
  /** What requests need, whether or not it helps; null: nobody can say. */
  readonly dispersion: number | null;
  readonly untried: Untried | null;
  readonly seconds: number;
  readonly shards: number;
  readonly newShards: number;
  readonly bad: number;
  /** As the plan would have it without a setting, then with the dispersion where it needs one, then instance with instance. */
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
 * Which setting a metric needs, and whether it may be trusted with it, from shards of the old version alone, second by second, each in
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
  const nothing = { trusted: false, setting: null, dispersion: null, untried: null, compared: [] };
  return lack === null ? { ...known, lack, ...settingFor(newest, known, rules) } : { ...known, lack, ...nothing };
}

type Known = Pick<Calibration, Lack | 'newShards'>;
type Settled = Omit<Calibration, keyof Known | 'lack'>;

function settingFor(series: readonly ShardCounts[], known: Known, rules: SelfComparisonRules): Settled {
  const dispersion = dispersionFor(series);
  const settings = dispersion === 1 ? [1] : [1, dispersion];
  const requests = settings.map((each) => selfComparison(series, { setting: 'requests', dispersion: each }, rules));
  const { untried, instances } = dispersion === 1 ? INDEPENDENT : ofInstances(series, known, rules);
  const compared = [...requests, ...instances];
  // The last of them is the one to take; without instances, or where these fail, what requests need.
  const best = [instances.at(-1), requests.at(-1)].find((comparison) => comparison?.holds === true);
  const setting = best?.setting ?? null;
  return { trusted: setting !== null, setting, dispersion, untried, compared };
}

interface OfInstances {
  readonly untried: Untried | null;
  readonly instances: readonly SelfComparison[];
}

/** Where bad units come one by one, each request says something, and there is no reason to ask instances. */
const INDEPENDENT: OfInstances = { untried: null, instances: [] };

function ofInstances(series: readonly ShardCounts[], known: Known, rules: SelfComparisonRules): OfInstances {
  const by: ComparedBy = { setting: 'instances' };
  const shards = { new: known.newShards, old: known.shards - known.newShards, stake: EARLY };
  if (areTooFew(shards, { part: 1, falseAlarms: rules.falseAlarms })) return { untried: 'too-few', instances: [] };
  const extent = instanceRuns({ ...known, seconds: series.length }, rules);
  if (extent === null) return { untried: 'too-long', instances: [] };
  const { seconds, runs } = extent;
  return { untried: null, instances: [selfComparison(series.slice(-seconds), by, { ...rules, runs })] };
}

function lackOf({ seconds, shards, newShards, bad }: Known): Lack | null {
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

function selfComparison(series: readonly ShardCounts[], by: ComparedBy, rules: SelfComparisonRules): SelfComparison {
  const { runs, falseAlarms } = rules;
  const alarms = selfAlarms(series, by, rules);
  const isChance = binomialTail(alarms, runs, falseAlarms) > UNLIKELY;
  const isSayable = by.setting === 'instances' || by.dispersion <= MOST_DISPERSION;
  const atMost = mostLikely(alarms, runs, MISS);
  return { ...by, seconds: series.length, runs, alarms, atMost, holds: isChance && isSayable };
}
