import { loadavg } from 'node:os';
import type { Goal, Row, Table } from '../report/result.ts';
import { median } from '../report/statistics.ts';

/** One thing that was measured, a figure a round, in milliseconds. */
export interface Timed {
  readonly label: string;
  readonly milliseconds: readonly number[];
}

export interface Shown {
  readonly title: string;
  /** The first is what the others are compared with. */
  readonly timed: readonly Timed[];
  /** How many times each was measured. */
  readonly rounds: number;
  /** Of the machine when it began: see `load`. */
  readonly load: number;
  readonly notes: readonly string[];
}

/** Medians and the range, and how many times as long as the first each takes. Pure. */
export function timesTable({ title, timed, rounds, load: loaded, notes }: Shown): Table {
  const first = median(timed[0]?.milliseconds ?? []);
  const rows = timed.map(({ label, milliseconds }): Row => {
    const middle = median(milliseconds);
    return { label, figures: [middle, Math.min(...milliseconds), Math.max(...milliseconds), middle / first] };
  });
  const how = `${rounds} ${rounds === 1 ? 'round' : 'rounds'} after a warm-up; the machine's load was ${loaded.toFixed(2)} when it began.`;
  return { title, columns: ['median ms', 'least', 'most', 'times the first'], rows, notes: [how, ...notes] };
}

/** That the median is at most so many milliseconds, less what `floor` takes. Pure. */
export function timeGoal(text: string, limit: number, measured: Timed | undefined, floor?: Timed): Goal {
  const beyond = floor === undefined ? 0 : median(floor.milliseconds);
  return { text, unit: 'ms', wanted: 'at most', limit, measured: median(measured?.milliseconds ?? []) - beyond };
}

/** Processes that wanted to run, on average over the last minute. */
export function load(): number {
  return loadavg()[0] ?? 0;
}

/** Milliseconds that the work takes, and what came of it. */
export async function timed<T>(
  work: () => T | Promise<T>,
): Promise<{ readonly milliseconds: number; readonly value: T }> {
  const begin = performance.now();
  const value = await work();
  return { milliseconds: performance.now() - begin, value };
}
