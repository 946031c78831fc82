import type { Findings, Goal, Table } from '../../report/result.ts';
import { median } from '../../report/statistics.ts';
import type { ArmsKind } from '../correlated/arms/arms.ts';
import { DISPERSION, type Setting, settingsFor } from '../correlated/settings.ts';
import { cellText, GRID, MIDDLE } from '../grid.ts';
import { tailOf, upperBound } from './binomial-bound.ts';
import type { Summary } from './summary.ts';

/** What became of launches in which bad answers come together in one way. */
export interface Correlated {
  readonly kind: ArmsKind;
  /** Launches of a cell, with a sound version and with a worse one. */
  readonly runs: { readonly sound: number; readonly worse: number };
  /** Sound versions that were stopped, by cell and setting. */
  readonly alarms: readonly (readonly number[])[];
  /** Worse versions, by cell and setting. */
  readonly detections: readonly (readonly Summary[])[];
}

/** The judge without a setting, and before the settings of a kind's own the one that is for any. */
const PLAIN = 0;
const OWN = 2;
const BUDGET = 0.01;
/** Chance with which a setting that keeps the budget exactly may seem not to, in all cells together. */
const DOUBT = 0.01;
/** A setting is to cost half of what a dispersion does on the same streams; or half of seven times, where that one is cheaper. */
const HALF = 0.5;
const PRICE = 3.5;

/** `factor`: times as many bad answers as usual of the worse versions. */
export function correlatedFindings(found: readonly Correlated[], factor: number): Findings {
  const goals = found.flatMap((each) =>
    settingsFor(each.kind).flatMap((setting, index) =>
      index < OWN ? [] : goalsOf(each, { ...setting, setting: index }),
    ),
  );
  return { tables: found.map((each) => overview(each, factor)), goals, details: found.map(detail) };
}

function overview({ kind, runs, alarms, detections }: Correlated, factor: number): Table {
  const middle = GRID.findIndex((cell) => cellText(cell) === cellText(MIDDLE));
  const rows = settingsFor(kind).map(({ name: label }, setting) => {
    const shares = alarms.map((settings) => (100 * (settings[setting] ?? Number.NaN)) / runs.sound);
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
    title: `Slipway, ${kind.name}`,
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
      `${GRID.length} cells, ${runs.sound} launches each with a sound version and ${runs.worse} with one that fails ${factor} times as often.`,
      `Seconds and bad answers: ${cellText(MIDDLE)}. Times as long: as without a setting, median over the cells in which that stops half of the launches.`,
    ],
  };
}

interface Of extends Pick<Setting, 'name'> {
  /** Its place among the settings. */
  readonly setting: number;
}

function goalsOf(
  { kind, runs: { sound: runs }, alarms, detections }: Correlated,
  { name, setting }: Of,
): readonly Goal[] {
  const over = alarms.filter((settings) => tailOf(settings[setting] ?? runs, runs, BUDGET) < DOUBT / alarms.length);
  const all = alarms.reduce((sum, settings) => sum + (settings[setting] ?? runs), 0);
  const price = {
    text: `${kind.name}, ${name}: time to the stop to that without a setting; half of a dispersion's, or ${PRICE}`,
    unit: 'times',
    wanted: 'at most',
    limit: Math.max(PRICE, HALF * priceOf(detections, settingsFor(kind).indexOf(DISPERSION))),
    measured: priceOf(detections, setting),
  } as const;
  return [
    {
      text: `${kind.name}, ${name}: cells with more false alarms than a budget of 1 % can explain (exact binomial)`,
      unit: 'cells',
      wanted: 'at most',
      limit: 0,
      measured: over.length,
    },
    {
      text: `${kind.name}, ${name}: false alarms of all cells together, exact upper 99 % bound`,
      unit: '%',
      wanted: 'at most',
      limit: 100 * BUDGET,
      measured: 100 * upperBound(all, runs * alarms.length, DOUBT),
    },
    price,
  ];
}

/** Times as long as without a setting, median over the cells in which that stops half of the launches or more. Never stopping is forever. */
export function priceOf(detections: Correlated['detections'], setting: number): number {
  const prices = detections.flatMap((settings) => {
    const [without, with_] = [settings[PLAIN]?.median ?? Number.NaN, settings[setting]?.median ?? Number.NaN];
    return Number.isFinite(without) ? [with_ / without] : [];
  });
  return median(prices);
}

function detail({ kind, alarms, detections }: Correlated): Table {
  const settings = settingsFor(kind);
  const kinds = ['sound ones stopped', 'median s', 'p95 s', 'bad answers'];
  const rows = GRID.map((cell, index) => ({
    label: cellText(cell),
    figures: settings.flatMap((_, setting) => {
      const { median: middle, p95, harmed } = detections[index]?.[setting] ?? NOTHING;
      return [alarms[index]?.[setting] ?? Number.NaN, middle, p95, harmed];
    }),
  }));
  const columns = settings.flatMap(({ name }) => kinds.map((kind) => `${name}: ${kind}`));
  return { title: `Every cell: ${kind.name}`, columns, rows, notes: [] };
}

const NOTHING = { median: Number.NaN, p95: Number.NaN, harmed: Number.NaN };
