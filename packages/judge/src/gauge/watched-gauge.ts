import { type GaugeMemory, type GaugeRules, LEVEL_READINGS } from './readings.ts';
import type { Line } from './slope.ts';
import { differenceOf, type GaugeTrend, levelOf, trendOf } from './trend.ts';

/** How a launch asks for a gauge to be watched, in the gauge's own unit. */
export interface WatchedGauge {
  readonly metric: string;
  /** '' where none is known. */
  readonly unit: string;
  /** What the new version must stay below; null: no limit. */
  readonly below: number | null;
  /** What the new version must stay above. Absent: no limit. */
  readonly above?: number;
  /** At most so many times the old version's; null: not compared. */
  readonly times: number | null;
  readonly rising: 'hold' | 'ignore';
}

/** What is remembered of a gauge on both versions. */
export interface GaugeArms {
  readonly new: GaugeMemory;
  /** null: there is no old version whose readings could be compared. */
  readonly old: GaugeMemory | null;
}

export interface GaugeMoment {
  /** Milliseconds of the readings' clock. */
  readonly now: number;
  /** Milliseconds of the hold that are left. */
  readonly left: number;
  readonly rules: GaugeRules;
}

/** Why nobody can tell: too few readings in a row, none of the old version, none to be divided by, too few for a slope. */
export type GaugeDoubt = 'level' | 'old' | 'ratio' | 'slope';

/** How a gauge stands against what the launch asks of it. No promise about false alarms holds for any of it. */
export type GaugeStanding =
  | { readonly is: 'over' | 'under'; readonly level: number; readonly limit: number }
  | { readonly is: 'more'; readonly level: number; readonly old: number; readonly times: number }
  /** `secondsToLimit` is null without a limit. `risesMore`: than the old version's, of which a slope is known. */
  | {
      readonly is: 'rising';
      readonly line: Line;
      readonly secondsToLimit: number | null;
      readonly risesMore: boolean;
    }
  /** `readings` of `needed` that a slope takes. */
  | { readonly is: 'unknown'; readonly doubt: GaugeDoubt; readonly readings: number; readonly needed: number }
  | { readonly is: 'fine'; readonly level: number; readonly isSteady: boolean };

/** A limit that is further away than this, in milliseconds, and further than the end of the hold, is not about this launch. */
const FORESEEN = 3_600_000;

/** Holds a gauge against what the launch asks of it; what is broken weighs more than what rises, and that more than a doubt. Pure. */
export function gaugeStanding(gauge: WatchedGauge, arms: GaugeArms, moment: GaugeMoment): GaugeStanding {
  const level = levelOf(arms.new, moment);
  const old = arms.old === null ? null : levelOf(arms.old, moment);
  if (level !== null && gauge.below !== null && level >= gauge.below) return { is: 'over', level, limit: gauge.below };
  if (level !== null && gauge.above !== undefined && level <= gauge.above)
    return { is: 'under', level, limit: gauge.above };
  if (level !== null && old !== null && isMore(gauge.times, level, old))
    return { is: 'more', level, old, times: gauge.times ?? 1 };
  const trend = trendOf(arms.new, { ...moment, limit: gauge.below });
  const rise = gauge.rising === 'ignore' ? null : riseOf(trend, arms, moment);
  if (rise !== null) return rise;
  const doubt = doubtOf(gauge, { arms, level, old, trend });
  if (doubt !== null || level === null)
    return { is: 'unknown', doubt: doubt ?? 'level', ...counted(arms.new, doubt, moment.rules) };
  return { is: 'fine', level, isSteady: trend.verdict === 'steady' };
}

const canDivide = (level: number, old: number): boolean => level >= 0 && (old > 0 || (old === 0 && level === 0));

const isMore = (times: number | null, level: number, old: number): boolean =>
  times !== null && canDivide(level, old) && level > times * old;

/** A rise that is the new version's own, or near its limit whoever rises with it. null: it holds nothing up. */
function riseOf(trend: GaugeTrend, { old }: GaugeArms, { now, left, rules }: GaugeMoment): GaugeStanding | null {
  if (trend.verdict !== 'rising') return null;
  const { line, secondsToLimit } = trend;
  const difference = old === null ? null : differenceOf(trend, trendOf(old, { now, limit: null, rules }));
  const isNear = secondsToLimit !== null && secondsToLimit * 1000 <= Math.max(left, FORESEEN);
  if (difference !== null && !difference.risesMore && !isNear) return null;
  return { is: 'rising', line, secondsToLimit, risesMore: difference?.risesMore === true };
}

interface Known {
  readonly arms: GaugeArms;
  readonly level: number | null;
  readonly old: number | null;
  readonly trend: GaugeTrend;
}

function doubtOf({ times, rising }: WatchedGauge, { arms, level, old, trend }: Known): GaugeDoubt | null {
  if (level === null) return 'level';
  if (times !== null && arms.old !== null) {
    if (old === null) return 'old';
    if (!canDivide(level, old)) return 'ratio';
  }
  return rising === 'hold' && trend.verdict === 'unknown' ? 'slope' : null;
}

function counted({ spread, newest }: GaugeMemory, doubt: GaugeDoubt | null, { fewest }: GaugeRules) {
  if (doubt === 'slope') return { readings: spread.length, needed: fewest };
  return { readings: newest.length, needed: LEVEL_READINGS };
}
