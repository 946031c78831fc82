// Measures Slipway beside its peers, on this machine:
//   npm run bench                            everything, in less than an hour
//   npm run bench -- --quick                 everything, small: shows that the bench works
//   npm run bench -- --only steps,soak       some parts
//   npm run bench -- --json figures.json     the figures for programs as well
import { renameSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { recoveryPart } from './engine/recovery-part.ts';
import { soakPart } from './engine/soak-part.ts';
import { stepsPart } from './engine/steps-part.ts';
import { type Measured, measureParts, type Result } from './measure-parts.ts';
import type { Part } from './part.ts';
import { rollbackPart } from './rollback/rollback-part.ts';
import { routerPart } from './router/router-part.ts';
import { streamPart } from './stream/stream-part.ts';
import { thisMachine } from './report/machine.ts';

/** The long ones last: whoever ends the bench early has most of it. */
const PARTS: readonly Part[] = [stepsPart, recoveryPart, routerPart, streamPart, rollbackPart, soakPart];

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    quick: { type: 'boolean', default: false },
    json: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});

process.exitCode = await main();

async function main(): Promise<number> {
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
  const write = (parts: readonly Result[]): void => writeJson({ machine, quick: values.quick, parts });
  const end = endOnSignals();
  const parts = PARTS.filter((part) => wanted.includes(part.name));
  const results = await measureParts(parts, { quick: values.quick, signal: end.signal, write });
  return end.code() ?? (results.some(({ error }) => error !== undefined) ? 1 : 0);
}

/** Whole at any time, also for who reads it meanwhile. */
function writeJson(content: Measured): void {
  if (values.json === undefined) return;
  const file = resolve(values.json);
  writeFileSync(`${file}.part`, `${JSON.stringify(content, null, 2)}\n`);
  renameSync(`${file}.part`, file);
}

/** Ctrl-C, or a SIGTERM: the bench ends what it started, and then itself. However often it is told: npm tells it twice a second. */
function endOnSignals(): { readonly signal: AbortSignal; code(): number | null } {
  const ending = new AbortController();
  let code: number | null = null;
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.on(name, () => {
      code ??= 128 + constants.signals[name];
      ending.abort(new Error(`the bench was told to end: ${name}`));
    });
  }
  return { signal: ending.signal, code: () => code };
}

function help(): string {
  const parts = PARTS.map((part) => `  ${part.name.padEnd(10)} ${part.title}`).join('\n');
  return `npm run bench -- [--only PART,PART] [--quick] [--json FILE]\n\nParts:\n${parts}`;
}
