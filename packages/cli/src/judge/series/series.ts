import type { MetricCounts } from '@slipway/judge';

/** What both versions counted, second by second. */
export interface Series {
  readonly metrics: readonly { readonly metric: string; readonly unit: 'ratio' | 'milliseconds' }[];
  /** In their order. A metric that was not read in a second is not in its counts. */
  readonly seconds: readonly SeriesSecond[];
}

export interface SeriesSecond {
  readonly second: number;
  readonly counts: Readonly<Record<string, MetricCounts>>;
}

/** Bounds: what is longer is a mistake, and would keep a person waiting. */
export const MOST_SECONDS = 1_000_000;
export const MOST_METRICS = 20;
/** A metric's name, as a plan may have it. */
export const METRIC_NAME = /^[A-Za-z][\w.-]{0,99}$/;
