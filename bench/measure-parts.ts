import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Circumstances, Part } from './part.ts';
import type { Machine } from './report/machine.ts';
import { type Findings, type Goal, isMet, type Table } from './report/result.ts';
import { goalText, tableText } from './report/text.ts';

/** What one part came to. */
export interface Result {
  readonly part: string;
  readonly tables: Findings['tables'];
  readonly goals: readonly (Goal & { readonly met: boolean })[];
  readonly details?: readonly Table[];
  /** Why it did not come to its end; what it had until then stands beside it. */
  readonly error?: string;
}

/** What the bench writes for programs. Whatever cannot be a figure, as where nothing was measured, is null there. */
export interface Measured {
  readonly machine: Machine;
  readonly quick: boolean;
  readonly parts: readonly Result[];
}

export interface Orders {
  readonly quick: boolean;
  readonly signal: AbortSignal;
  /** Told of all results whenever there is more of them: a bench that is cut off keeps what it has. */
  readonly write: (results: readonly Result[]) => void;
}

/** One part after the other, each printed as soon as it is there. One that cannot run here does not keep the others from it. */
export async function measureParts(parts: readonly Part[], orders: Orders): Promise<readonly Result[]> {
  const results: Result[] = [];
  const folder = await mkdtemp(join(tmpdir(), 'slipway-bench-'));
  try {
    for (const part of parts) {
      if (orders.signal.aborted) break;
      const write = (result: Result): void => orders.write([...results, result]);
      const result = await measureOne(part, { ...orders, folder, write });
      print(result);
      write(result);
      results.push(result);
    }
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 10 });
  }
  return results;
}

interface OneOrder extends Pick<Circumstances, 'quick' | 'folder' | 'signal'> {
  readonly write: (result: Result) => void;
}

async function measureOne(part: Part, { write, ...rest }: OneOrder): Promise<Result> {
  console.log(`\n== ${part.title}`);
  let known: Findings = { tables: [], goals: [] };
  const say = (line: string): void => void process.stderr.write(`   ${clockText()} ${line}\n`);
  const keep = (findings: Findings): void => {
    known = findings;
    write({ ...resultOf(part, findings), error: 'not yet at its end' });
  };
  try {
    return resultOf(part, await part.measure({ ...rest, say, keep }));
  } catch (error) {
    return { ...resultOf(part, known), error: rest.signal.aborted ? String(rest.signal.reason) : reasonOf(error) };
  }
}

function resultOf({ name }: Part, { goals, ...rest }: Findings): Result {
  return { part: name, ...rest, goals: goals.map((goal) => ({ ...goal, met: isMet(goal) })) };
}

function print({ part, tables, goals, error }: Result): void {
  for (const table of tables) console.log(`\n${tableText(table)}`);
  if (goals.length > 0) console.log(`\nGoals\n${goals.map((goal) => `  ${goalText(goal)}`).join('\n')}`);
  if (error !== undefined) console.error(`\n${part} did not come to its end: ${error}`);
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

const clockText = (): string => new Date().toTimeString().slice(0, 8);
