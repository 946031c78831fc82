import type { Point } from '../sequential/kernel/design.ts';
import type { Cells, Slopes, Split } from './stretch.ts';

/** One kind of evidence of a metric, and what it makes of the answers. */
export interface Channel {
  /** Chance of a false alarm that it may use up, 0..1. */
  readonly alpha: number;
  readonly dispersion: number;
  readonly grid: readonly Point[];
  /** By level, its part of the evidence. */
  readonly levels: readonly number[];
  /** Share of both versions' answers in each cell, 0..1, where the new version does so much harm. */
  readonly sharesAt: (harm: number) => Cells;
  /** What is bet with this traffic. */
  readonly slopesAt: (split: Split) => Slopes;
  /** What has to be seen of the old version before a level is bet on; absent: nothing. */
  readonly learns?: Learning;
}

export interface Learning {
  /** Answers of the old version, by level. */
  readonly answers: readonly number[];
  /** Looks in which half of them is forgotten. */
  readonly halfLife: number;
}

/** Channels that must all show harm. */
export type Way = readonly Channel[];

/** A metric as it is judged. */
export interface Subject {
  /** Any of them does. */
  readonly ways: readonly Way[];
  /** Bad answers of the new version without which nothing is proven. */
  readonly leastBad: number;
  /** Share of them, 0..1, at so much harm. */
  readonly badAt: (harm: number) => number;
  readonly harms: Harms;
}

/** How harm is counted. A smaller number may be the greater harm. */
export interface Harms {
  /** Of a version that is as good as the old one. */
  readonly none: number;
  /** The most that the margin allows. */
  readonly allowed: number;
  /** All that is looked for. */
  readonly most: number;
}
