import { median, percentile } from '../../report/statistics.ts';
import type { Stop } from '../runs/watch.ts';

/** What one judge did in launches of one kind. */
export interface Summary {
  /** Launches that were not stopped before there was a reason. */
  readonly launches: number;
  /** Part of them that was stopped, 0..1. */
  readonly stopped: number;
  /** Seconds from the onset to the stop; Infinity: fewer than so many launches were stopped. */
  readonly median: number;
  readonly p95: number;
  /** Median of bad answers of the new version until the stop, or until the end of the hour. */
  readonly harmed: number;
}

export function summaryOf(stops: readonly Stop[], onset: number): Summary {
  const due = stops.filter(({ second }) => second === null || second > onset);
  const seconds = due.map(({ second }) => (second === null ? Infinity : second - onset));
  return {
    launches: due.length,
    stopped: seconds.filter(Number.isFinite).length / due.length,
    median: median(seconds),
    p95: percentile(seconds, 0.95),
    harmed: median(due.map(({ harmed }) => harmed)),
  };
}

/** Launches that were stopped at all. */
export function stoppedOf(stops: readonly Stop[]): number {
  return stops.filter(({ second }) => second !== null).length;
}
