import type { Circumstances, Part } from '../part.ts';
import type { Findings, Goal, Table } from '../report/result.ts';
import { JUDGES, SLIPWAY } from './contenders/contenders.ts';
import { cellText, GRID } from './grid.ts';
import { tailOf, upperBound } from './report/binomial-bound.ts';
import { stoppedOf } from './report/summary.ts';
import { type Outcome, workThrough } from './runs/farm.ts';
import { PATTERNS } from './streams/pattern.ts';
import { NO_REGRESSION } from './streams/regression.ts';

const BUDGET = 0.01;
/** Chance with which a judge that keeps its budget exactly may seem not to, in all cells together. */
const DOUBT = 0.01;

/** How often a version that is as good as the old one is stopped. */
export const falseAlarmsPart: Part = {
  name: 'false-alarms',
  title: 'False alarms: a sound version, watched for an hour',
  measure: async (circumstances) => {
    const runs = circumstances.quick ? 4 : 400;
    const found: Found[] = [];
    for (const { name } of PATTERNS) {
      const outcomes = await watchAll(name, runs, circumstances);
      found.push({ pattern: name, alarms: outcomes.map((outcome) => outcome.map(stoppedOf)) });
      circumstances.keep(findingsOf(found, runs));
    }
    return findingsOf(found, runs);
  },
};

/** Launches that were stopped, by cell and judge. */
interface Found {
  readonly pattern: string;
  readonly alarms: readonly (readonly number[])[];
}

function watchAll(pattern: string, runs: number, circumstances: Circumstances): Promise<readonly Outcome[]> {
  const same = { runs, pattern, regression: NO_REGRESSION.name, contenders: JUDGES };
  const orders = GRID.map((cell) => ({ method: 'watchGrid' as const, launches: { ...same, cell } }));
  return workThrough(orders, `false alarms, ${pattern}`, circumstances);
}

function findingsOf(found: readonly Found[], runs: number): Findings {
  const ours = JUDGES.indexOf(SLIPWAY);
  return {
    tables: [...found.map((each) => overview(each, runs)), everyCell(found, runs)],
    goals: goalsOf(
      found.flatMap(({ alarms }) => alarms.map((judges) => judges[ours] ?? Number.NaN)),
      runs,
    ),
    details: found.map((each) => detail(each, runs)),
  };
}

function overview({ pattern, alarms }: Found, runs: number): Table {
  const rows = JUDGES.map((label, judge) => {
    const shares = alarms.map((judges) => (100 * (judges[judge] ?? 0)) / runs);
    const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length;
    return { label, figures: [mean, Math.max(...shares), shares.filter((share) => share > 100 * BUDGET).length] };
  });
  return {
    title: `Sound versions that were stopped within an hour: ${pattern}`,
    columns: ['mean %', 'worst cell %', 'cells above 1 %'],
    rows,
    notes: [
      `${GRID.length} cells, ${runs} launches each. Slipway's budget is 1 %, as are the levels of z and of mSPRT.`,
    ],
  };
}

function everyCell(found: readonly Found[], runs: number): Table {
  const ours = JUDGES.indexOf(SLIPWAY);
  const rows = GRID.map((cell, index) => ({
    label: cellText(cell),
    figures: found.map(({ alarms }) => (100 * (alarms[index]?.[ours] ?? Number.NaN)) / runs),
  }));
  const columns = found.map(({ pattern }) => `${pattern} %`);
  return { title: 'Slipway: sound versions that were stopped, every cell', columns, rows, notes: [] };
}

function detail({ pattern, alarms }: Found, runs: number): Table {
  const rows = GRID.map((cell, index) => ({
    label: cellText(cell),
    figures: (alarms[index] ?? []).map((stopped) => (100 * stopped) / runs),
  }));
  return { title: `Sound versions that were stopped, %: ${pattern}`, columns: JUDGES, rows, notes: [] };
}

function goalsOf(alarms: readonly number[], runs: number): readonly Goal[] {
  const all = alarms.reduce((sum, each) => sum + each, 0);
  const over = alarms.filter((each) => tailOf(each, runs, BUDGET) < DOUBT / alarms.length);
  return [
    {
      text: `cells and patterns, of ${alarms.length}, with more false alarms than a budget of 1 % can explain (exact binomial)`,
      unit: 'cells',
      wanted: 'at most',
      limit: 0,
      measured: over.length,
    },
    {
      text: 'false alarms of all cells together, exact upper 99 % bound',
      unit: '%',
      wanted: 'at most',
      limit: 100 * BUDGET,
      measured: 100 * upperBound(all, runs * alarms.length, DOUBT),
    },
  ];
}
