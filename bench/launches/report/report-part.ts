import { join } from 'node:path';
import type { Circumstances, Part } from '../../part.ts';
import { Child } from '../../process/child.ts';
import type { Findings } from '../../report/result.ts';
import { load, type Timed, timeGoal, timesTable } from '../timed.ts';
import type { Shape } from './long-log.ts';
import type { ReportOrder, ReportTimes } from './report-child.ts';

const EVENTS = 10_000;
const LIMIT = 1_000;
/** Milliseconds that one more event of a long launch may take. */
const NEXT_LIMIT = 1;

const SHAPES: readonly (readonly [Shape, string])[] = [
  ['notes', 'mostly notes of one long watch'],
  ['effects', 'half as many checks that begin and end'],
];

/** How long it takes to write the report of a launch in which much happened. */
export const reportPart: Part = {
  name: 'report',
  title: `The report of a launch of ${EVENTS.toLocaleString('en')} events`,
  measure: async (circumstances) => {
    const all: Findings[] = [];
    for (const [shape, words] of SHAPES) {
      all.push(await measureShape(shape, words, circumstances));
      circumstances.keep(merged(all));
    }
    return merged(all);
  },
};

async function measureShape(shape: Shape, words: string, circumstances: Circumstances): Promise<Findings> {
  const { folder, quick, signal, say } = circumstances;
  const [began, events, rounds] = [load(), quick ? EVENTS / 10 : EVENTS, quick ? 2 : 15];
  const order: ReportOrder = { shape, events, path: join(folder, `report-${shape}.db`) };
  await using child = await Child.start(new URL('report-child.ts', import.meta.url), { order, signal });
  const times: ReportTimes[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    say(`report: ${words}, ${round} of ${rounds}`);
    const one = await child.ask<ReportTimes>('round');
    if (round > 0) times.push(one);
  }
  const of = (label: string, figure: (one: ReportTimes) => number): Timed => ({
    label,
    milliseconds: times.map(figure),
  });
  const report = of('the report, from the log to its text', ({ read, fold, record }) => read + fold + record);
  const next = of('one more event: the state, and what is due', (one) => one.next);
  const parts = [
    of('reading the log', ({ read }) => read),
    of('folding it', ({ fold }) => fold),
    of('writing the record', ({ record }) => record),
    of('writing a deployment report', ({ deployment }) => deployment),
  ];
  const table = timesTable({
    title: `A launch of ${events.toLocaleString('en')} events: ${words}`,
    timed: [report, ...parts, next],
    rounds,
    load: began,
    notes: ['In a process that does nothing else, from a database file. Each report is looked at for the last event.'],
  });
  const goals = [
    timeGoal(`report of ${EVENTS.toLocaleString('en')} events, ${words}`, LIMIT, report),
    timeGoal(`one more event after them, ${words}`, NEXT_LIMIT, next),
  ];
  return { tables: [table], goals };
}

function merged(all: readonly Findings[]): Findings {
  return { tables: all.flatMap(({ tables }) => tables), goals: all.flatMap(({ goals }) => goals) };
}
