import { setTimeout as pass } from 'node:timers/promises';
import type { Circumstances, Part } from '../part.ts';
import { cpuSeconds, residentMegabytes } from '../process/usage.ts';
import type { Findings, Goal, Row } from '../report/result.ts';
import { benchPostgres } from './databases.ts';
import { type Side, slipwaySides } from './sides.ts';

/** What launches cost that only soak, and how late what they wait for comes. */
export const soakPart: Part = {
  name: 'soak',
  title: 'Launches that soak',
  measure: async (circumstances) => {
    await using stack = new AsyncDisposableStack();
    const postgres = await benchPostgres();
    if (postgres !== null) stack.use(postgres);
    const soaked: Soaked[] = [];
    for (const [index, shape] of shapesOf(circumstances.quick).entries()) {
      for (const side of await slipwaySides(postgres, circumstances.folder, `bench_soak_${index}`)) {
        soaked.push(await soak(side, shape, circumstances));
        circumstances.keep(findingsOf(soaked, circumstances.quick));
      }
    }
    return findingsOf(soaked, circumstances.quick);
  },
};

interface Shape {
  readonly launches: number;
  /** Seconds between two looks. */
  readonly every: number;
}

/** A second is what a plan has that says nothing; ten is what a soak of hours would say. */
function shapesOf(quick: boolean): readonly Shape[] {
  if (quick) return [{ launches: 100, every: 1 }];
  return [
    { launches: 1_000, every: 1 },
    { launches: MANY, every: 10 },
    { launches: MANY, every: 1 },
  ];
}

interface Late {
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

interface Soaked extends Shape {
  readonly label: string;
  /** Per cent of one core over the time that was watched. */
  readonly cpu: number;
  readonly megabytes: number;
  readonly looks: Late;
  readonly timers: Late;
}

async function soak({ label, start }: Side, shape: Shape, { quick, say, signal }: Circumstances): Promise<Soaked> {
  await using child = await start(signal);
  const { launches, every } = shape;
  const name = `${label}, ${launches} launches, a look every ${every} s`;
  say(`soak: ${name}: starting`);
  await child.ask('soak', { launches, every: `${every}s` });
  // What starting them left behind is not the soak's.
  await pass(quick ? 1_500 : 10_000, undefined, { signal });
  say(`soak: ${name}: watching`);
  const { cpu, megabytes } = await watch(child.pid, quick ? 4_000 : 30_000, () => child.ask('forgetGaps'));
  const looks = await child.ask<Late>('lateLooks', { every: every * 1_000 });
  say(`soak: ${name}: timers`);
  const order = quick ? { launches: 20, from: 2_000, over: 2_000 } : { launches: 300, from: 15_000, over: 15_000 };
  const timers = await child.ask<Late>('waits', order);
  return { ...shape, label, cpu, megabytes, looks, timers };
}

async function watch(
  pid: number,
  milliseconds: number,
  begin: () => Promise<unknown>,
): Promise<Pick<Soaked, 'cpu' | 'megabytes'>> {
  await begin();
  const before = { cpu: cpuSeconds(pid), at: performance.now() };
  let megabytes = 0;
  while (performance.now() - before.at < milliseconds) {
    await pass(1_000);
    megabytes = Math.max(megabytes, residentMegabytes(pid));
  }
  const seconds = (performance.now() - before.at) / 1_000;
  return { cpu: ((cpuSeconds(pid) - before.cpu) / seconds) * 100, megabytes };
}

function findingsOf(soaked: readonly Soaked[], quick: boolean): Findings {
  const rows = soaked.map(({ label, launches, every, cpu, megabytes, looks, timers }): Row => {
    const figures = [cpu, megabytes, looks.p50, looks.p99, looks.max, timers.p50, timers.p99, timers.max];
    return { label: `${label}, ${launches}, every ${every} s`, figures };
  });
  const late = ['p50', 'p99', 'max'];
  const columns = [
    '% of a core',
    'memory MB',
    ...late.map((each) => `look late ${each} ms`),
    ...late.map((each) => `timer late ${each} ms`),
  ];
  const notes = [
    `The engine's process alone, over ${quick ? 4 : 30} seconds; memory is the most that was resident.`,
    'A look reads one metric from a source inside of the process: what a router or Prometheus costs comes on top.',
    'A timer is the end of a launch that waits; it is late by the time from its due time until its log says so.',
  ];
  return { tables: [{ title: 'Launches that soak', columns, rows, notes }], goals: soaked.flatMap(goalsOf) };
}

const MANY = 5_000;

function goalsOf({ label, launches, every, cpu, megabytes, looks, timers }: Soaked): readonly Goal[] {
  if (launches !== MANY) return [];
  const name = `${label}, ${launches} launches, every ${every} s`;
  const worst = Math.max(looks.max, timers.max) / 1_000;
  return [
    { text: `${name}: memory`, unit: 'MB', wanted: 'at most', limit: 512, measured: megabytes },
    { text: `${name}: processor`, unit: '% of a core', wanted: 'at most', limit: 20, measured: cpu },
    { text: `${name}: the latest timer`, unit: 's', wanted: 'at most', limit: 1, measured: worst },
  ];
}
