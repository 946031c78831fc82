import type { JudgedMetric } from '../analysis/rules.ts';
import type { Design } from '../sequential/kernel/design.ts';

/** What a rollout is to be told about one of its metrics before it starts. */
export interface PowerQuestion {
  /** Requests per second of the environment, all versions together. */
  readonly perSecond: number;
  /** In their order: what an earlier one saw counts in a later one. */
  readonly shares: readonly HeldShare[];
  /** Milliseconds after each share was set in which nothing is compared. */
  readonly warmUp: number;
  /** Milliseconds between two looks, above 0. */
  readonly every: number;
  /** How the metric is judged, as the rollout will do it. Its skew is taken as none. */
  readonly rules: JudgedMetric;
  /** What the old version shows: of a ratio its share, 0..1; of a latency its shape. */
  readonly usual: number | LatencyShape;
  /** What is to be found: of a ratio the new version's share, 0..1; of a latency how many times as slow it is, 1 or more. */
  readonly sought: number;
  /** Chance of a false alarm that this metric may use up, 0..1: of the whole rollout's by its weight. */
  readonly alpha: number;
  /** Requests of the new version without which nothing is proven. */
  readonly leastUnits: number;
  /** Of the bets that judge it. */
  readonly design: Design;
}

/** Log-normal: how long answers take. A new version that is slower is taken to be so many times as slow in every answer. */
export interface LatencyShape {
  /** Milliseconds. */
  readonly median: number;
  /** Standard deviation of the natural logarithm of the time, above 0. */
  readonly spread: number;
}

export interface HeldShare {
  /** Per cent of the traffic on the new version, above 0 and at most 100. */
  readonly weight: number;
  /** Milliseconds. */
  readonly hold: number;
}

/** What one share of a rollout can find by its end, all before it counted. Where nothing serves beside it and there is no limit: nothing. */
export type SharePower = AloneShare | WatchedShare;

/** All traffic is on the new version. */
export interface AloneShare extends HeldShare {
  readonly kind: 'alone';
  /** Requests of the new version that are expected while it is held. */
  readonly requests: number;
}

export interface WatchedShare extends HeldShare {
  /** `limited`: all traffic is on the new version, and only the metric's limit can show something. */
  readonly kind: 'compared' | 'limited';
  /** Requests of the new version that are expected while it is held. */
  readonly requests: number;
  /** Smallest harm, told as what is sought is, that is found by the end of the hold in half and in nine tenths of launches; null: none is. */
  readonly finds: { readonly half: number | null; readonly most: number | null };
  /** Chance that what is sought is found before this share begins, and by its end, where it was there from the first share on. */
  readonly chance: { readonly before: number; readonly after: number };
  /** Seconds of this share after which that is found in half and in nine tenths of launches; 0: before; null: not within ten years. */
  readonly seconds: { readonly half: number | null; readonly most: number | null };
  /** The same for half of launches, where it only begins with this share. */
  readonly secondsIfNew: number | null;
  /** Per cent of the traffic, at most half of it, with which the hold would do for nine tenths; null: it would not. */
  readonly weightNeeded: number | null;
}
