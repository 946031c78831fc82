import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Circumstances, Part } from '../../part.ts';
import { Child } from '../../process/child.ts';
import type { Findings } from '../../report/result.ts';
import { jsonOf, runSlipway } from '../command/run-slipway.ts';
import { load, type Timed, timeGoal, timesTable } from '../timed.ts';
import { plantedRecord } from './record-text.ts';
import type { Verified } from './verify-child.ts';

const EVENTS = 100_000;
const LIMIT = 2_000;

/** How long it takes to see that a long record is whole, or where it is not. */
export const verifyPart: Part = {
  name: 'verify',
  title: `slipway verify of a record of ${EVENTS.toLocaleString('en')} events`,
  measure: async (circumstances) => {
    const [began, files] = [load(), await writeFiles(circumstances)];
    const rounds = circumstances.quick ? 1 : 9;
    const within = await inProcess(files, rounds, circumstances);
    circumstances.keep(findingsOf(within, files, began));
    const around = await asProcess(files, rounds, circumstances);
    return findingsOf([...within, ...around], files, began);
  },
};

interface Files {
  readonly events: number;
  readonly whole: string;
  readonly changed: string;
  /** Where it was changed. */
  readonly at: number;
  readonly megabytes: number;
}

async function writeFiles({ folder, quick }: Circumstances): Promise<Files> {
  const events = quick ? EVENTS / 100 : EVENTS;
  const record = plantedRecord(events, Math.floor(events * 0.9));
  const [whole, changed] = [join(folder, 'whole.json'), join(folder, 'changed.json')];
  await Promise.all([writeFile(whole, record.whole), writeFile(changed, record.changed)]);
  return { events, whole, changed, at: record.at, megabytes: Buffer.byteLength(record.whole) / 1e6 };
}

async function inProcess(files: Files, rounds: number, circumstances: Circumstances): Promise<readonly Timed[]> {
  const { signal, say } = circumstances;
  await using child = await Child.start(new URL('verify-child.ts', import.meta.url), { signal });
  const [whole, changed]: [number[], number[]] = [[], []];
  for (let round = 0; round <= rounds; round += 1) {
    say(`verify: in process, ${round} of ${rounds}`);
    const right = await child.ask<Verified>('verify', files.whole);
    const wrong = await child.ask<Verified>('verify', files.changed);
    mustBeRight(files, right, wrong);
    if (round === 0) continue;
    whole.push(right.milliseconds);
    changed.push(wrong.milliseconds);
  }
  return [
    { label: 'in process', milliseconds: whole },
    { label: 'in process, one event changed', milliseconds: changed },
  ];
}

async function asProcess(files: Files, rounds: number, { folder, signal, say }: Circumstances): Promise<Timed[]> {
  const [floor, whole, changed]: [number[], number[], number[]] = [[], [], []];
  for (let round = 0; round <= rounds; round += 1) {
    say(`verify: as a process, ${round} of ${rounds}`);
    const least = await runSlipway({ folder, signal }, ['--version']);
    const right = await runSlipway({ folder, signal }, ['verify', files.whole, '--json']);
    const wrong = await runSlipway({ folder, signal }, ['verify', files.changed, '--json']);
    const said = { right: jsonOf<Said>(right), wrong: jsonOf<Said>(wrong, 1) };
    mustBeRight(files, { ...said.right, code: right.code }, { ...said.wrong, code: wrong.code });
    if (round === 0) continue;
    floor.push(least.milliseconds);
    whole.push(right.milliseconds);
    changed.push(wrong.milliseconds);
  }
  return [
    { label: 'slipway verify', milliseconds: whole },
    { label: 'slipway verify, one event changed', milliseconds: changed },
    { label: 'slipway --version', milliseconds: floor },
  ];
}

type Said = Pick<Verified, 'events' | 'problem' | 'code'>;

/** Throws unless the whole record is found whole and the other one is not, at its very place. */
function mustBeRight(files: Files, right: Said, wrong: Said): void {
  if (right.code !== 0 || right.problem !== null || right.events !== files.events)
    throw new Error(`a whole record of ${files.events} events is not: ${JSON.stringify(right)}`);
  const isNamed = new RegExp(`\\b${files.at}\\b`).test(wrong.problem ?? '');
  if (wrong.code !== 1 || !isNamed)
    throw new Error(`event ${files.at} was changed, and this is what was said: ${JSON.stringify(wrong)}`);
}

function findingsOf(times: readonly Timed[], { events, megabytes, at }: Files, began: number): Findings {
  const table = timesTable({
    title: `A record of ${events.toLocaleString('en')} events`,
    timed: times,
    rounds: times[0]?.milliseconds.length ?? 0,
    load: began,
    notes: [
      `A file of ${megabytes.toFixed(0)} MB: read, checked against its schema, every hash made anew. Changed was the actor of event ${at.toLocaleString('en')}, which every round has to find.`,
    ],
  });
  const goals = [
    timeGoal(`verify ${EVENTS.toLocaleString('en')} events, in process`, LIMIT, times[0]),
    ...(times[2] === undefined
      ? []
      : [timeGoal(`slipway verify, ${EVENTS.toLocaleString('en')} events`, LIMIT, times[2])]),
  ];
  return { tables: [table], goals };
}
