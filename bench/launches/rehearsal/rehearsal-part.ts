import { isDeepStrictEqual } from 'node:util';
import { fileURLToPath } from 'node:url';
import type { RehearsalReport } from '@slipway/rehearsal';
import type { Circumstances, Part } from '../../part.ts';
import { Child } from '../../process/child.ts';
import type { Findings } from '../../report/result.ts';
import { runSlipway } from '../command/run-slipway.ts';
import { load, type Timed, timeGoal, timesTable } from '../timed.ts';
import { countsOf, type Counts } from './counts.ts';
import type { Rehearsed } from './rehearsal-child.ts';

const LIMIT = 10_000;
const FOLDER = fileURLToPath(new URL('../../../examples/go-live', import.meta.url));
const VERSION = '2.2.0';

/** How long it takes to walk a go-live that lasts three days, with every way back. */
export const rehearsalPart: Part = {
  name: 'rehearsal',
  title: 'Rehearsal of examples/go-live: the good path and every way back',
  measure: async (circumstances) => {
    const began = load();
    const rounds = circumstances.quick ? 1 : 5;
    const within = await inProcess(rounds, circumstances);
    circumstances.keep(findingsOf([within], began));
    const around = await asProcess(rounds, circumstances);
    return findingsOf([within, around], began);
  },
};

interface Walked {
  readonly timed: Timed;
  readonly counts: Counts;
}

async function inProcess(rounds: number, { quick, signal, say }: Circumstances): Promise<Walked> {
  const order = { folder: FOLDER, version: VERSION };
  await using child = await Child.start(new URL('rehearsal-child.ts', import.meta.url), { order, signal });
  const walks: Rehearsed[] = [];
  for (let round = quick ? 1 : 0; round <= rounds; round += 1) {
    say(`rehearsal: in process, ${round} of ${rounds}`);
    const walk = await child.ask<Rehearsed>('rehearse');
    if (round > 0) walks.push(walk);
  }
  return walked(
    'in process',
    walks.map(({ milliseconds, counts }) => ({ milliseconds, counts })),
  );
}

async function asProcess(rounds: number, { signal, say }: Circumstances): Promise<Walked> {
  const walks: Rehearsed[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    say(`rehearsal: as a process, ${round} of ${rounds}`);
    const argv = ['rehearse', 'launch.yaml', '--artifact-version', VERSION, '--json'];
    const { out, errors, code, milliseconds } = await runSlipway({ folder: FOLDER, signal }, argv);
    if (out === '') throw new Error(`slipway rehearse ended with ${code} and said nothing: ${errors}`);
    const counts = countsOf(JSON.parse(out) as RehearsalReport);
    if ((code === 0) !== (counts.red === 0))
      throw new Error(`${counts.red} scenarios are red, and the code is ${code}`);
    walks.push({ milliseconds, counts });
  }
  return walked('slipway rehearse', walks);
}

/** Throws where the rounds differ: the same plan has to be walked in the same way. */
function walked(label: string, walks: readonly Rehearsed[]): Walked {
  const [first] = walks;
  if (first === undefined) throw new Error('nothing was rehearsed');
  const other = walks.find(({ counts }) => !isDeepStrictEqual(counts, first.counts));
  if (other !== undefined)
    throw new Error(`two rehearsals differ: ${JSON.stringify(first.counts)}, ${JSON.stringify(other.counts)}`);
  return { timed: { label, milliseconds: walks.map(({ milliseconds }) => milliseconds) }, counts: first.counts };
}

function findingsOf(walks: readonly Walked[], began: number): Findings {
  const times = walks.map(({ timed }) => timed);
  const table = timesTable({
    title: 'A rehearsal of the go-live',
    timed: times,
    rounds: times[0]?.milliseconds.length ?? 0,
    load: began,
    notes: ['The command has no warm-up: each is a process of its own.'],
  });
  const counts = {
    title: 'What was walked',
    columns: ['scenarios', 'faults that came about', 'ways back', 'red', 'messages'],
    rows: walks.map(({ timed: { label }, counts: { scenarios, met, back, red, messages } }) => ({
      label,
      figures: [scenarios, met, back, red, messages],
    })),
    notes: ['Red: a scenario that ended otherwise than the plan wants, or broke a rule that holds for every launch.'],
  };
  return { tables: [table, counts], goals: times.map((timed) => timeGoal(`rehearsal, ${timed.label}`, LIMIT, timed)) };
}
