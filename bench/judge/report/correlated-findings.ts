import type { Findings, Goal, Table } from '../../report/result.ts';
import { median } from '../../report/statistics.ts';
import { PLAIN, SETTINGS } from '../correlated/settings.ts';
import { cellText, GRID, MIDDLE } from '../grid.ts';
import { tailOf, upperBound } from './binomial-bound.ts';
import type { Summary } from './summary.ts';

/** What became of launches in which bad answers come together in one way. */
export interface Correlated {
  readonly correlation: string;
  /** Sound versions that were stopped, by cell and setting. */
  readonly alarms: readonly (readonly number[])[];
  /** Worse versions, by cell and setting. */
  readonly detections: readonly (readonly Summary[])[];
}

interface Campaign {
  /** Launches of a cell, with a sound version and with a worse one. */
  readonly sound: number;
  readonly worse: number;
  /** Times as many bad answers as usual of the worse one. */
  readonly factor: number;
}

const BUDGET = 0.01;
/** Chance with which a setting that keeps the budget exactly may seem not to, in all cells together. */
const DOUBT = 0.01;
/** Half of the seven times that a dispersion measured before the launch used to cost. */
const PRICE = 3.5;

export function correlatedFindings(found: readonly Correlated[], campaign: Campaign): Findings {
  const goals = SETTINGS.filter((setting) => setting !== PLAIN).flatMap(({ name }) => {
    const setting = SETTINGS.findIndex((each) => each.name === name);
    return found.flatMap((each) => goalsOf(each, { name, setting, runs: campaign.sound }));
  });
  return { tables: found.map((each) => overview(each, campaign)), goals, details: found.map(detail) };
}

function overview({ correlation, alarms, detections }: Correlated, { sound, worse, factor }: Campaign): Table {
  const middle = GRID.findIndex((cell) => cellText(cell) === cellText(MIDDLE));
  const rows = SETTINGS.map(({ name: label }, setting) => {
    const shares = alarms.map((settings) => (100 * (settings[setting] ?? Number.NaN)) / sound);
    const stopped = detections.flatMap((settings) => settings[setting] ?? []);
    const inMiddle = detections[middle]?.[setting];
    return {
      label,
      figures: [
        shares.reduce((sum, share) => sum + share, 0) / shares.length,
        Math.max(...shares),
        stopped.filter((each) => Number.isFinite(each.median)).length,
        inMiddle?.median ?? Number.NaN,
        inMiddle?.p95 ?? Number.NaN,
        inMiddle?.harmed ?? Number.NaN,
        priceOf(detections, setting),
      ],
    };
  });
  return {
    title: `Slipway, ${correlation}`,
    columns: [
      'false alarms, mean %',
      'worst cell %',
      `x${factor}: cells that stop it`,
      'median s',
      'p95 s',
      'bad answers',
      'times as long',
    ],
    rows,
    notes: [
      `${GRID.length} cells, ${sound} launches each with a sound version and ${worse} with one that fails ${factor} times as often.`,
      `Seconds and bad answers: ${cellText(MIDDLE)}. Times as long: as without a setting, median over the cells in which that stops half of the launches.`,
    ],
  };
}

interface Of {
  readonly name: string;
  /** Its place among the settings. */
  readonly setting: number;
  readonly runs: number;
}

function goalsOf({ correlation, alarms, detections }: Correlated, { name, setting, runs }: Of): readonly Goal[] {
  const over = alarms.filter((settings) => tailOf(settings[setting] ?? runs, runs, BUDGET) < DOUBT / alarms.length);
  const all = alarms.reduce((sum, settings) => sum + (settings[setting] ?? runs), 0);
  return [
    {
      text: `${correlation}, ${name}: cells with more false alarms than a budget of 1 % can explain (exact binomial)`,
      unit: 'cells',
      wanted: 'at most',
      limit: 0,
      measured: over.length,
    },
    {
      text: `${correlation}, ${name}: false alarms of all cells together, exact upper 99 % bound`,
      unit: '%',
      wanted: 'at most',
      limit: 100 * BUDGET,
      measured: 100 * upperBound(all, runs * alarms.length, DOUBT),
    },
    {
      text: `${correlation}, ${name}: time to the stop to that without a setting`,
      unit: 'times',
      wanted: 'at most',
      limit: PRICE,
      measured: priceOf(detections, setting),
    },
  ];
}

/** Times as long as without a setting, median over the cells in which that stops half of the launches or more. Never stopping is forever. */
export function priceOf(detections: Correlated['detections'], setting: number): number {
  const plain = SETTINGS.indexOf(PLAIN);
  const prices = detections.flatMap((settings) => {
    const [without, with_] = [settings[plain]?.median ?? Number.NaN, settings[setting]?.median ?? Number.NaN];
    return Number.isFinite(without) ? [with_ / without] : [];
  });
  return median(prices);
}

function detail({ correlation, alarms, detections }: Correlated): Table {
  const kinds = ['sound ones stopped', 'median s', 'p95 s', 'bad answers'];
  const rows = GRID.map((cell, index) => ({
    label: cellText(cell),
    figures: SETTINGS.flatMap((_, setting) => {
      const { median: middle, p95, harmed } = detections[index]?.[setting] ?? NOTHING;
      return [alarms[index]?.[setting] ?? Number.NaN, middle, p95, harmed];
    }),
  }));
  const columns = SETTINGS.flatMap(({ name }) => kinds.map((kind) => `${name}: ${kind}`));
  return { title: `Every cell: ${correlation}`, columns, rows, notes: [] };
}

const NOTHING = { median: Number.NaN, p95: Number.NaN, harmed: Number.NaN };
