// A flag set in memory, in a process of its own.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import {
  createFlags,
  createFlagStore,
  createSystemClock,
  type Database,
  type Flags,
  openSqliteDatabase,
  type ServedSet,
} from '@slipway/engine';
import { createFlagEvaluator, type FlagCommand, type FlagSetDefinition, parseManagedFlagSet } from '@slipway/flags';
import { answerQuestions, orderOf } from '../../process/answering.ts';
import { residentMegabytes } from '../../process/usage.ts';
import { bigSet, idOf, type Size } from './big-set.ts';

export interface SizeOrder {
  /** Of the database file. */
  readonly path: string;
  readonly set: string;
  readonly size: Size;
}

/** Milliseconds. */
export interface Made {
  readonly characters: number;
  readonly parsed: number;
  readonly recorded: number;
}

/** Milliseconds, and megabytes beyond what the process had before. */
export interface LoadedSet {
  readonly loaded: number;
  readonly compiled: number;
  readonly heap: number;
  readonly resident: number;
}

const { path, set, size } = orderOf<SizeOrder>();
setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
let database: Database | null = null;
let flags: Flags | null = null;
let changes = 0;

answerQuestions(
  {
    /** The file of the set, read and recorded. */
    make: async (): Promise<Made> => {
      const text = JSON.stringify(bigSet(size));
      const [parsed, result] = await timed(async () => parseManagedFlagSet(text));
      if (!result.ok) throw new Error(`the set is not valid: ${JSON.stringify(result.problems[0])}`);
      const served = await open();
      await served.create(set, 'v2', PERSON);
      const [recorded] = await timed(() => run(served, applyOf(result.definition)));
      return { characters: text.length, parsed, recorded };
    },
    load: async (): Promise<LoadedSet> => {
      const before = usage();
      const [loaded, served] = await timed(open);
      const after = usage();
      const { definition } = find(served);
      const [compiled] = await timed(async () => createFlagEvaluator(definition, { bucketing: 'v2' }));
      return { loaded, compiled, heap: after.heap - before.heap, resident: after.resident - before.resident };
    },
    /** Milliseconds to evaluate every flag for one of `people`, on average. */
    bulk: async (people: number): Promise<number> => {
      const { evaluator } = find(opened());
      const contexts = Array.from({ length: people }, (_, index) => ({
        targetingKey: idOf(index * 7),
        country: 'fr',
        version: '2.1.0',
      }));
      let answers = 0;
      const [took] = await timed(async () => {
        for (const context of contexts)
          answers += evaluator.evaluateAll(context, Math.floor(Date.now() / 1_000)).length;
      });
      if (answers !== people * size.flags) throw new Error(`${answers} answers for ${people} people`);
      return took / people;
    },
    /** Milliseconds to kill a flag, or to lift the kill: recorded, and served by then. */
    kill: async (): Promise<number> => {
      changes += 1;
      const flag = [...find(opened()).evaluator.flags.keys()][0] ?? '';
      const reason = 'measured by the bench';
      const command: FlagCommand =
        changes % 2 === 1
          ? { type: 'kill', flag, reason, launch: null }
          : { type: 'change', id: `change-${changes}`, change: { kind: 'unkill', flag, reason }, reason };
      const [took] = await timed(() => run(opened(), command));
      return took;
    },
    /** Milliseconds to apply the whole file anew, in which one flag is another. */
    apply: async (): Promise<number> => {
      changes += 1;
      const changed = bigSet(size);
      const [[key, flag] = []] = Object.entries(changed.flags);
      if (key === undefined || flag === undefined) throw new Error('the set has no flag');
      const metadata = { ...flag.metadata, purpose: `changed ${changes} times` };
      const command = applyOf({ ...changed, flags: { ...changed.flags, [key]: { ...flag, metadata } } });
      const [took] = await timed(() => run(opened(), command));
      return took;
    },
  },
  async () => {
    await flags?.close();
    await database?.close();
  },
);

const PERSON = { kind: 'person', id: 'bench@example.com' } as const;

function applyOf({ flags: defined, $evaluators = {} }: FlagSetDefinition): FlagCommand {
  const change = {
    kind: 'apply',
    origin: { kind: 'file', file: 'flags.json' },
    flags: defined,
    segments: $evaluators,
  } as const;
  return { type: 'change', id: `change-${changes}`, change, reason: '' };
}

async function open(): Promise<Flags> {
  database = await openSqliteDatabase(path);
  flags = createFlags({ store: createFlagStore(database), clock: createSystemClock(), changes: null });
  await flags.open();
  return flags;
}

function opened(): Flags {
  if (flags === null) throw new Error('nothing is loaded yet');
  return flags;
}

function find(served: Flags): ServedSet {
  const found = served.find(set);
  if (found === null) throw new Error(`there is no set ${set}`);
  return found;
}

async function run(served: Flags, command: FlagCommand): Promise<void> {
  const executed = await served.execute({ set, command, actor: PERSON });
  if (!executed.ok) throw new Error(executed.rejection.message);
  if (executed.events === 0) throw new Error(`the command ${command.type} changed nothing`);
}

async function timed<T>(work: () => Promise<T>): Promise<readonly [milliseconds: number, result: T]> {
  const begin = performance.now();
  const result = await work();
  return [performance.now() - begin, result];
}

/** Megabytes of what is held. */
function usage(): { readonly heap: number; readonly resident: number } {
  // What lies outside of the heap is let go of one collection later.
  collect();
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return { heap: (heapUsed + external) / 1e6, resident: residentMegabytes(process.pid) };
}
