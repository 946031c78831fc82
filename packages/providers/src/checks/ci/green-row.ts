import type { CiRun } from './ci-run.ts';

export interface Wanted {
  readonly cycles: number;
  /** Milliseconds; null where no duration is asked for. */
  readonly greenFor: number | null;
}

export interface GreenRow {
  /** The newest green runs, newest first, without another between them: as many as were wanted, or as there are. */
  readonly row: readonly CiRun[];
  /** What ended the row; null where nothing was seen that did. */
  readonly brokenBy: CiRun | null;
  readonly unfinished: readonly CiRun[];
  readonly isLongEnough: boolean;
}

/** The unbroken row of green runs, as of `now` (epoch ms). A run that has not ended neither breaks the row nor belongs to it. */
export function greenRow(runs: readonly CiRun[], { cycles, greenFor }: Wanted, now: number): GreenRow {
  const newestFirst = runs.toSorted((a, b) => b.createdAt - a.createdAt || b.id - a.id);
  const unfinished = newestFirst.filter(({ state }) => state === 'unfinished');
  const row: CiRun[] = [];
  for (const run of newestFirst) {
    if (run.state === 'unfinished') continue;
    if (run.state === 'not-green') return { row, brokenBy: run, unfinished, isLongEnough: false };
    row.push(run);
    const reaches = greenFor === null || now - run.updatedAt >= greenFor;
    if (reaches && row.length >= cycles) return { row, brokenBy: null, unfinished, isLongEnough: true };
  }
  return { row, brokenBy: null, unfinished, isLongEnough: false };
}
