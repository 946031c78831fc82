import { renameSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type Measured, measureParts, type Result } from './measure-parts.ts';
import type { Part } from './part.ts';
import { thisMachine } from './report/machine.ts';

/** A bench that people start. */
export interface Bench {
  /** The npm script. */
  readonly script: string;
  /** In the order in which they are measured. */
  readonly parts: readonly Part[];
  /** What is drawn of it beside its JSON, as SVG; null: nothing yet. */
  readonly draw?: (measured: Measured) => string | null;
}

/** Measures what the command line asks for. Gives the process's exit code. */
export async function runBench(bench: Bench): Promise<number> {
  const { values } = parseArgs({
    options: {
      only: { type: 'string' },
      quick: { type: 'boolean', default: false },
      json: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(help(bench));
    return 0;
  }
  const wanted = values.only?.split(',') ?? bench.parts.map((part) => part.name);
  const unknown = wanted.filter((name) => !bench.parts.some((part) => part.name === name));
  if (unknown.length > 0) {
    console.error(`no part is called ${unknown.join(', ')}\n\n${help(bench)}`);
    return 2;
  }
  const machine = thisMachine();
  console.log(
    `${machine.cpu}, ${machine.cores} cores, ${machine.memoryGigabytes} GB, ${machine.system}, Node ${machine.node}, Slipway ${machine.slipway}, load ${machine.load}`,
  );
  if (values.quick) console.log('A quick run shows that the bench works. Its figures say nothing.');
  const write = (parts: readonly Result[]): void => {
    if (values.json !== undefined) writeFiles(values.json, { machine, quick: values.quick, parts }, bench);
  };
  const end = endOnSignals();
  const parts = bench.parts.filter((part) => wanted.includes(part.name));
  const results = await measureParts(parts, { quick: values.quick, signal: end.signal, write });
  return end.code() ?? (results.some(({ error }) => error !== undefined) ? 1 : 0);
}

function writeFiles(json: string, measured: Measured, { draw }: Bench): void {
  const file = resolve(json);
  writeWhole(file, `${JSON.stringify(measured, null, 2)}\n`);
  const drawing = draw?.(measured) ?? null;
  if (drawing !== null) writeWhole(`${file.replace(/\.json$/, '')}.svg`, drawing);
}

/** Whole at any time, also for who reads it meanwhile. */
function writeWhole(file: string, text: string): void {
  writeFileSync(`${file}.part`, text);
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

function help({ script, parts, draw }: Bench): string {
  const lines = parts.map((part) => `  ${part.name.padEnd(12)} ${part.title}`).join('\n');
  const drawn = draw === undefined ? '' : '\n\nBeside the JSON it draws an SVG.';
  return `npm run ${script} -- [--only PART,PART] [--quick] [--json FILE]\n\nParts:\n${lines}${drawn}`;
}
