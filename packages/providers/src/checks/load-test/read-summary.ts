import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { CommandResult, EvidenceItem, Json, ProviderContext } from '@slipway/provider-kit';
import { RetryableError, TerminalError } from '@slipway/provider-kit';
import type { Argv } from '../../commands/command-keys.ts';
import { describeEnd, lastLine } from '../../commands/describe-end.ts';
import type { CommandNeeds } from '../../commands/run-command.ts';
import { runCommand } from '../../commands/run-command.ts';
import { readBoundedFile } from '../env-file/read-bounded-file.ts';
import type { LoadSummary } from './load-summary.ts';
import { parseJson, printedJson } from './printed-json.ts';
import { readAutocannon } from './read-autocannon.ts';
import { readK6 } from './read-k6.ts';
import type { LoadTestCheckConfig } from './schema.ts';

const MAX_BYTES = 10_000_000;
const KNOWN = 'autocannon --json, k6 run --summary-export=FILE, or the data that handleSummary of k6 is given';

export interface ReadSummary {
  readonly summary: LoadSummary;
  /** Milliseconds since the epoch. */
  readonly writtenAt: number;
  /** What the reading itself showed. */
  readonly items: readonly EvidenceItem[];
}

type Context = ProviderContext<CommandNeeds>;

/** Rejects with TerminalError or RetryableError where there is no summary, or none that can be read. */
export async function readSummary(config: LoadTestCheckConfig, context: Context): Promise<ReadSummary> {
  if (config.file !== undefined) return await summaryOfFile(config.file, context);
  if (config.run !== undefined) return await summaryOfCommand(config.run, config, context);
  throw new TerminalError('Give either file or run');
}

async function summaryOfFile(file: string, context: Context): Promise<ReadSummary> {
  const path = resolve(context.directory, file);
  const text = await readBoundedFile(path, MAX_BYTES);
  if (text === null) throw new TerminalError(`${file} does not exist: run the load test first`);
  const parsed = parseJson(text);
  const summary = parsed === null ? null : loadSummaryOf(parsed.json);
  if (summary === null) throw new TerminalError(`${file} is no summary of a load test that is known: write ${KNOWN}`);
  return { summary, writtenAt: (await stat(path)).mtimeMs, items: [] };
}

async function summaryOfCommand(argv: Argv, config: LoadTestCheckConfig, context: Context): Promise<ReadSummary> {
  const { run: _run, file: _file, ...rest } = config;
  const result = await runCommand(argv, { ...rest, argv }, context);
  context.signal.throwIfAborted();
  const [program] = argv;
  const code = exitCodeOf(program, result);
  if (result.cut) throw new TerminalError(`${program} printed more than 64 kB: let it write a file, and name that`);
  const [summary = null] = [...printedJson(result.output)].flatMap((json) => loadSummaryOf(json) ?? []);
  if (summary === null) throw new TerminalError(unreadable(program, code, result.output));
  const verdict = code === 0 ? 'pass' : 'fail';
  const item: EvidenceItem = { asked: program, found: `exit ${code}`, expected: 'exit 0', verdict };
  return { summary, writtenAt: context.now(), items: [item] };
}

/** A command that was ended gave no answer. */
function exitCodeOf(program: string, { end }: CommandResult): number {
  switch (end.kind) {
    case 'exited':
      return end.code;
    case 'not-started':
      throw new TerminalError(`${program} ${describeEnd(end)}`);
    case 'timed-out':
    case 'killed':
    case 'aborted':
      throw new RetryableError(`${program} ${describeEnd(end)}`);
  }
}

function unreadable(program: string, code: number, output: string): string {
  const last = lastLine(output);
  const said = last === '' ? 'it printed nothing' : `its last line: ${last}`;
  return `${program} exited with ${code} and printed no summary that is known (${KNOWN}); ${said}`;
}

/** Null where the document is of no tool that is known, or not whole. */
function loadSummaryOf(json: Json): LoadSummary | null {
  return readAutocannon(json) ?? readK6(json);
}
