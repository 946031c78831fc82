import type { Table } from '../../report/result.ts';
import { median } from '../../report/statistics.ts';
import { CONTENDERS, SLIPWAY } from '../contenders/contenders.ts';
import { cellText, GRID, HOUR, MIDDLE } from '../grid.ts';
import type { Summary } from './summary.ts';

/** What became of one regression. */
export interface Detected {
  readonly regression: string;
  /** By cell and contender. */
  readonly summaries: readonly (readonly Summary[])[];
}

const NAMES = Object.keys(CONTENDERS);
const NEVER = `-: fewer than half of the launches were stopped within the hour (of the p95: fewer than 95 %).`;

/** The middle cell, the whole grid, and every cell for Slipway. */
export function tablesOf(detected: readonly Detected[], runs: number): readonly Table[] {
  const middle = cellText(MIDDLE);
  const how = `${runs} launches of ${HOUR / 60} minutes for each cell and regression. ${NEVER}`;
  return [
    ofMiddle(`Seconds to the stop, median: ${middle}`, detected, ({ median }) => median),
    ofMiddle(`Seconds to the stop, 95 % of the launches: ${middle}`, detected, ({ p95 }) => p95),
    ofMiddle(`Bad answers of the new version until the stop, median: ${middle}`, detected, ({ harmed }) => harmed),
    ofGrid(
      'Cells, of 36, in which half of the launches or more are stopped',
      detected,
      (cells) => stoppedIn(cells).length,
    ),
    ofGrid('Median over these cells of the median seconds to the stop', detected, (cells) =>
      median(stoppedIn(cells).map((each) => each.median)),
    ),
    ofGrid('Median over all cells of the bad answers of the new version until the stop', detected, (cells) =>
      median(cells.map(({ harmed }) => harmed)),
    ),
    everyCell(detected, how),
  ];
}

/** What every judge did in every cell. */
export function detailsOf(detected: readonly Detected[]): readonly Table[] {
  const kinds = [
    ['Stopped, %', ({ stopped }: Summary) => 100 * stopped],
    ['Seconds to the stop, median', ({ median }: Summary) => median],
    ['Seconds to the stop, 95 % of the launches', ({ p95 }: Summary) => p95],
    ['Bad answers until the stop, median', ({ harmed }: Summary) => harmed],
  ] as const;
  return detected.flatMap(({ regression, summaries }) =>
    kinds.map(([title, of]): Table => {
      const rows = GRID.map((cell, index) => ({ label: cellText(cell), figures: (summaries[index] ?? []).map(of) }));
      return { title: `${title}: ${regression}`, columns: NAMES, rows, notes: [] };
    }),
  );
}

function ofMiddle(title: string, detected: readonly Detected[], of: (summary: Summary) => number): Table {
  const cell = GRID.findIndex((each) => cellText(each) === cellText(MIDDLE));
  return ofGrid(title, detected, (cells) => {
    const summary = cells[cell];
    return summary === undefined ? Number.NaN : of(summary);
  });
}

/** One line a judge, one column a regression. */
function ofGrid(title: string, detected: readonly Detected[], of: (cells: readonly Summary[]) => number): Table {
  const rows = NAMES.map((label, judge) => ({
    label,
    figures: detected.map(({ summaries }) => of(summaries.flatMap((judges) => judges[judge] ?? []))),
  }));
  return { title, columns: detected.map(({ regression }) => regression), rows, notes: [] };
}

function everyCell(detected: readonly Detected[], note: string): Table {
  const judge = NAMES.indexOf(SLIPWAY);
  const rows = GRID.map((cell, index) => ({
    label: cellText(cell),
    figures: detected.map(({ summaries }) => summaries[index]?.[judge]?.median ?? Number.NaN),
  }));
  const columns = detected.map(({ regression }) => regression);
  return { title: 'Slipway: seconds to the stop, median, every cell', columns, rows, notes: [note] };
}

function stoppedIn(cells: readonly Summary[]): readonly Summary[] {
  return cells.filter(({ median }) => Number.isFinite(median));
}
