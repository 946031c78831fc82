import type { Circumstances, Part } from '../part.ts';
import type { Child } from '../process/child.ts';
import { cpuSeconds } from '../process/usage.ts';
import { installedVersion } from '../report/machine.ts';
import type { Findings, Goal, Table } from '../report/result.ts';
import { median } from '../report/statistics.ts';
import { benchPostgres } from './databases.ts';
import type { StepsOrder } from './order.ts';
import { dbosSide, slipwaySides } from './sides.ts';

/** How many steps a second the engine does, beside DBOS doing the same on the same PostgreSQL. */
export const stepsPart: Part = {
  name: 'steps',
  title: 'Steps that do nothing, a second',
  measure: async (circumstances) => {
    await using stack = new AsyncDisposableStack();
    const postgres = await benchPostgres();
    if (postgres !== null) stack.use(postgres);
    const sides = [...(await slipwaySides(postgres, circumstances.folder, 'bench_steps'))];
    if (postgres !== null) sides.push(await dbosSide(postgres, circumstances.folder));
    const begun: Begun[] = [];
    for (const { label, start } of sides) begun.push({ label, child: stack.use(await start(circumstances.signal)) });
    return await compare(begun, circumstances);
  },
};

/** A side that has begun to work. */
interface Begun {
  readonly label: string;
  readonly child: Child;
}

interface Shape {
  readonly label: string;
  readonly order: StepsOrder;
}

async function compare(sides: readonly Begun[], { quick, say, keep }: Circumstances): Promise<Findings> {
  const rounds = quick ? 2 : 7;
  const shapes: readonly Shape[] = quick
    ? [
        { label: '1 launch of 30 steps', order: { launches: 1, steps: 30 } },
        { label: '20 launches of 5 steps at once', order: { launches: 20, steps: 5 } },
      ]
    : [
        { label: '1 launch of 200 steps', order: { launches: 1, steps: 200 } },
        { label: '100 launches of 20 steps at once', order: { launches: 100, steps: 20 } },
      ];
  for (const { child } of sides) await child.ask('steps', { launches: 5, steps: quick ? 5 : 20 });
  const tables: Table[] = [];
  const goals: Goal[] = [];
  for (const { label, order } of shapes) {
    const measured = new Map(sides.map((side): [Begun, Measured[]] => [side, []]));
    for (let round = 1; round <= rounds; round += 1) {
      say(`steps: ${label}, round ${round} of ${rounds}`);
      for (const [side, rates] of measured) rates.push(await measure(side, order));
    }
    tables.push(tableOf(`${label}, medians of ${rounds} alternating rounds`, measured));
    goals.push(...goalsOf(label, measured));
    keep({ tables, goals });
  }
  return { tables, goals };
}

interface Measured {
  /** Steps a second. */
  readonly rate: number;
  /** Milliseconds of processor time of the side's own process for a step. */
  readonly cpu: number;
}

async function measure({ child }: Begun, order: StepsOrder): Promise<Measured> {
  const steps = order.launches * order.steps;
  const before = cpuSeconds(child.pid);
  const seconds = await child.ask<number>('steps', order);
  return { rate: steps / seconds, cpu: ((cpuSeconds(child.pid) - before) * 1_000) / steps };
}

function tableOf(title: string, measured: ReadonlyMap<Begun, readonly Measured[]>): Table {
  const peer = [...measured].find(([{ label }]) => label.startsWith('DBOS'))?.[1];
  const rateOf = (rounds: readonly Measured[]): number => median(rounds.map(({ rate }) => rate));
  const rows = [...measured].map(([{ label }, rounds]) => ({
    label,
    figures: [
      rateOf(rounds),
      peer === undefined ? null : rateOf(rounds) / rateOf(peer),
      median(rounds.map(({ cpu }) => cpu)),
    ],
  }));
  return {
    title,
    columns: ['steps/s', 'x DBOS', 'own CPU ms/step'],
    rows,
    notes: [
      `DBOS ${installedVersion('@dbos-inc/dbos-sdk')}, its defaults; both on one server with fsync and synchronous_commit on.`,
      'What differs: Slipway commits before each step begins and after it ended, each event a link of a hash chain; the end of a step and the beginning of the next are one commit. DBOS commits once a step, after it.',
    ],
  };
}

function goalsOf(label: string, measured: ReadonlyMap<Begun, readonly Measured[]>): readonly Goal[] {
  const rates = [...measured].map(([side, rounds]) => ({
    label: side.label,
    rate: median(rounds.map(({ rate }) => rate)),
  }));
  const peer = rates.find((side) => side.label.startsWith('DBOS'));
  const own = rates.find((side) => side.label === 'Slipway, PostgreSQL');
  if (peer === undefined || own === undefined) return [];
  const text = `${label}: at least DBOS' rate on the same PostgreSQL`;
  return [{ text, unit: 'steps/s', wanted: 'at least', limit: peer.rate, measured: own.rate }];
}
