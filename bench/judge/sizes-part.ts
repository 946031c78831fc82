import type { Part } from '../part.ts';
import type { Table } from '../report/result.ts';
import { CONTENDERS } from './contenders/contenders.ts';
import { cellText, MIDDLE } from './grid.ts';
import { summaryOf } from './report/summary.ts';
import { workThrough } from './runs/farm.ts';
import { STEADY } from './streams/pattern.ts';

/** Times the old version's share of bad answers; with the last one everything fails. */
const FACTORS = [1.25, 1.5, 2, 3, 5, 10, 30, 100, 1 / MIDDLE.base];

/** Time to the stop against the size of the regression: what is plotted. */
export const sizesPart: Part = {
  name: 'sizes',
  title: 'Sizes: how soon a regression is found, by how large it is',
  measure: async (circumstances) => {
    const runs = circumstances.quick ? 4 : 200;
    const same = { cell: MIDDLE, runs, pattern: STEADY.name, contenders: Object.keys(CONTENDERS) };
    const orders = FACTORS.map((regression) => ({ method: 'watchGrid' as const, launches: { ...same, regression } }));
    const outcomes = await workThrough(orders, 'sizes', circumstances);
    const table: Table = {
      title: `Seconds to the stop, median, by how many times as often the new version fails: ${cellText(MIDDLE)}`,
      columns: FACTORS.map((factor) => `x${Number(factor.toPrecision(3))}`),
      rows: Object.keys(CONTENDERS).map((label, judge) => ({
        label,
        figures: outcomes.map((outcome) => summaryOf(outcome[judge] ?? [], 0).median),
      })),
      notes: [`${runs} launches each. -: fewer than half of them were stopped within the hour.`],
    };
    return { tables: [table], goals: [] };
  },
};
