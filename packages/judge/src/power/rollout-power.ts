import { MOST } from './power.ts';
import type { SharePower, WatchedShare } from './question.ts';

/** What the shares of a rollout can find, of all that it judges. */
export interface RolloutPower {
  /** Requests of the environment; null: not known. */
  readonly perSecond: number | null;
  readonly metrics: readonly MetricPower[];
  /** What is watched besides: nobody can say what it finds. */
  readonly noPromise: { readonly conditions: readonly string[]; readonly gauges: readonly string[] };
}

export type MetricPower = ToldMetric | UnknownMetric;
export type ToldMetric = RatioPower | LatencyPower;

interface Told {
  /** null: none is named, and this is what one would find. */
  readonly metric: string | null;
  /** What it counts, both versions together. */
  readonly perSecond: number;
  readonly dispersion: number;
  /** Its part of the chance of a false alarm, 0..1. */
  readonly falseAlarms: number;
  /** What is to be found, and the most that the margin allows: shares 0..1, or how many times as slow. */
  readonly sought: number;
  readonly allowed: number;
  readonly shares: readonly SharePower[];
}

export interface RatioPower extends Told {
  readonly kind: 'ratio';
  readonly better: 'lower' | 'higher';
  readonly usual: number;
  readonly isAssumed: boolean;
}

export interface LatencyPower extends Told {
  readonly kind: 'latency';
  readonly quantile: number;
  /** Milliseconds at the quantile; null: not known, and not needed. */
  readonly usual: number | null;
  /** Milliseconds; null: not known, so that the shape is assumed. */
  readonly median: number | null;
  /** How many times the median 99 of 100 answers stay within. */
  readonly tail: number;
}

/** What a metric can find cannot be told. */
export interface UnknownMetric {
  readonly kind: 'unknown';
  readonly metric: string;
  /** What is not known: the traffic, how many visitors come, how long answers usually take, or how alike instances are that are compared. */
  readonly why: 'traffic' | 'visitors' | 'usual' | 'instances';
}

/** Whether its margin allows what is sought: then it is not to be found. */
export function isTolerated(power: ToldMetric): boolean {
  const isHigherBetter = power.kind === 'ratio' && power.better === 'higher';
  return isHigherBetter ? power.sought >= power.allowed : power.sought <= power.allowed;
}

/** The share, by its index; null: nothing of the metric is watched there. */
export function watchedAt({ shares }: ToldMetric, index: number): WatchedShare | null {
  const share = shares[index];
  return share === undefined || share.kind === 'alone' ? null : share;
}

/** The metric that is furthest from finding in a share what is sought in nine tenths of launches; null: each one does. */
export function weakestAt({ metrics }: Pick<RolloutPower, 'metrics'>, index: number): ToldMetric | null {
  const wanting = toldAt(metrics, index).filter(({ share }) => share.chance.after < MOST);
  return wanting.toSorted(byChance)[0]?.power ?? null;
}

/** The metric that finds what is sought last, where each one does; null: nothing is sought there. */
export function slowestAt({ metrics }: Pick<RolloutPower, 'metrics'>, index: number): ToldMetric | null {
  return toldAt(metrics, index).toSorted((one, other) => halfOf(other) - halfOf(one))[0]?.power ?? null;
}

interface At {
  readonly power: ToldMetric;
  readonly share: WatchedShare;
}

function toldAt(metrics: readonly MetricPower[], index: number): readonly At[] {
  return metrics.flatMap((power): readonly At[] => {
    if (power.kind === 'unknown' || isTolerated(power)) return [];
    const share = watchedAt(power, index);
    return share === null ? [] : [{ power, share }];
  });
}

const halfOf = ({ share }: At): number => share.seconds.half ?? Infinity;
const mostOf = ({ share }: At): number => share.seconds.most ?? Infinity;

/** The smallest first; of those that find as little the one that takes longest. */
function byChance(one: At, other: At): number {
  const difference = one.share.chance.after - other.share.chance.after;
  if (Math.abs(difference) > ALIKE) return difference;
  return mostOf(one) === mostOf(other) ? 0 : mostOf(other) - mostOf(one);
}

/** Chances nearer than this are told alike. */
const ALIKE = 0.01;
