// Measures Slipway beside its peers, on this machine:
//   npm run bench                            everything, in one to two hours
//   npm run bench -- --quick                 everything, small: shows that the bench works
//   npm run bench -- --only steps,soak       some parts
//   npm run bench -- --json figures.json     the figures for programs as well
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { recoveryPart } from './engine/recovery-part.ts';
import { soakPart } from './engine/soak-part.ts';
import { stepsPart } from './engine/steps-part.ts';
import type { Part } from './part.ts';
import { rollbackPart } from './rollback/rollback-part.ts';
import { routerPart } from './router/router-part.ts';
import { streamPart } from './stream/stream-part.ts';
import { thisMachine } from './report/machine.ts';
import { isMet, type Findings } from './report/result.ts';
import { goalText, tableText } from './report/text.ts';

const PARTS: readonly Part[] = [stepsPart, soakPart, recoveryPart, rollbackPart, routerPart, streamPart];

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    quick: { type: 'boolean', default: false },
    json: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});

process.exitCode = await main();

async function main(): Promise<0 | 1 | 2> {
  if (values.help) {
    console.log(help());
    return 0;
  }
  const wanted = values.only?.split(',') ?? PARTS.map((part) => part.name);
  const unknown = wanted.filter((name) => !PARTS.some((part) => part.name === name));
  if (unknown.length > 0) {
    console.error(`no part is called ${unknown.join(', ')}\n\n${help()}`);
    return 2;
  }
  const machine = thisMachine();
  console.log(
    `${machine.cpu}, ${machine.cores} cores, ${machine.memoryGigabytes} GB, ${machine.system}, Node ${machine.node}, Slipway ${machine.slipway}, load ${machine.load}`,
  );
  if (values.quick) console.log('A quick run shows that the bench works. Its figures say nothing.');
  const results = await measureAll(PARTS.filter((part) => wanted.includes(part.name)));
  if (values.json !== undefined) {
    const text = JSON.stringify({ machine, quick: values.quick, parts: results }, null, 2);
    await writeFile(resolve(values.json), `${text}\n`);
  }
  return results.some((result) => 'error' in result) ? 1 : 0;
}

type Result = { readonly part: string } & (Findings | { readonly error: string });

/** One that cannot run here does not keep the others from it. */
async function measureAll(parts: readonly Part[]): Promise<readonly Result[]> {
  const results: Result[] = [];
  const folder = await mkdtemp(join(tmpdir(), 'slipway-bench-'));
  try {
    for (const part of parts) results.push(await measureOne(part, folder));
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 10 });
  }
  return results;
}

async function measureOne(part: Part, folder: string): Promise<Result> {
  console.log(`\n== ${part.title}`);
  const say = (line: string): void => void process.stderr.write(`   ${line}\n`);
  try {
    const findings = await part.measure({ quick: values.quick, folder, say });
    for (const table of findings.tables) console.log(`\n${tableText(table)}`);
    if (findings.goals.length > 0)
      console.log(`\nGoals\n${findings.goals.map((goal) => `  ${goalText(goal)}`).join('\n')}`);
    const goals = findings.goals.map((goal) => ({ ...goal, met: isMet(goal) }));
    return { part: part.name, ...findings, goals };
  } catch (error) {
    const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
    console.error(`${part.name} could not be measured: ${message}`);
    return { part: part.name, error: message };
  }
}

function help(): string {
  const parts = PARTS.map((part) => `  ${part.name.padEnd(10)} ${part.title}`).join('\n');
  return `npm run bench -- [--only PART,PART] [--quick] [--json FILE]\n\nParts:\n${parts}`;
}
