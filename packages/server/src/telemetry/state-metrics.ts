import { type Clock, countWork, type Database, type Engine, StorageError } from '@slipway/engine';
import { isOfOneLog } from '../api/storage-refusal.ts';
import { METRICS, type MetricDefinition } from './catalogue.ts';
import type { Instruments } from './instruments.ts';

export interface StatePorts {
  readonly launches: Pick<Engine, 'listActive' | 'find'>;
  readonly database: Pick<Database, 'query'>;
  readonly clock: Clock;
}

const STATES = ['running', 'held', 'stopping', 'undoing', 'incomplete', 'unreadable'] as const;
const DUE = ['now', 'later'] as const;
type LaunchState = (typeof STATES)[number];

/** Milliseconds that the database is waited for. */
const PATIENCE = 2_000;

/** What the database knows, asked for when somebody reads; `onError` is told why it could not be had. */
export function observeState(instruments: Instruments, ports: StatePorts, onError: (error: unknown) => void): void {
  const asking = { instruments, clock: ports.clock, onError };
  observe(asking, METRICS.launches, { label: 'state', values: STATES, ask: () => countLaunches(ports) });
  observe(asking, METRICS.queueDepth, {
    label: 'due',
    values: DUE,
    ask: async () => {
      const { due, later } = await countWork(ports.database, ports.clock.now());
      return new Map([
        ['now', due],
        ['later', later],
      ]);
    },
  });
}

interface Asking {
  readonly instruments: Instruments;
  readonly clock: Clock;
  readonly onError: (error: unknown) => void;
}

interface Question {
  readonly label: string;
  readonly values: readonly string[];
  readonly ask: () => Promise<ReadonlyMap<string, number>>;
}

/** What is not known is not a number: the last one that was known would be shown for ever, and zero would be a lie. */
function observe({ instruments, clock, onError }: Asking, definition: MetricDefinition, question: Question): void {
  const { label, values } = question;
  let asked: ReturnType<Question['ask']> | null = null;
  // A database that is slow must not be asked the same by every scrape on top.
  const ask = () => (asked ??= question.ask().finally(() => (asked = null)));
  instruments.gauge(definition).addCallback(async (result) => {
    const known = await within(clock, ask()).catch((error: unknown) => (onError(error), null));
    for (const value of values)
      result.observe(known === null ? Number.NaN : (known.get(value) ?? 0), { [label]: value });
  });
}

async function within<T>(clock: Clock, answer: Promise<T>): Promise<T> {
  const over = new AbortController();
  const late = clock.sleep(PATIENCE, over.signal).then(() => {
    throw new Error(`the database did not answer within ${PATIENCE / 1000} s`);
  });
  // Once the answer is there nobody waits for this one.
  late.catch(() => {});
  try {
    return await Promise.race([answer, late]);
  } finally {
    over.abort();
  }
}

async function countLaunches({ launches }: StatePorts): Promise<ReadonlyMap<string, number>> {
  const counts = new Map<string, number>();
  for (const { id } of await launches.listActive()) {
    const state = await stateOf(launches, id);
    if (state !== null) counts.set(state, (counts.get(state) ?? 0) + 1);
  }
  return counts;
}

/**
 * null: it has ended, if only since the list was read. One whose log cannot be read must be seen, not left out. Rejects where it is
 * the database that refuses: that is nothing about this launch.
 */
async function stateOf(launches: StatePorts['launches'], id: string): Promise<LaunchState | null> {
  try {
    const mode = (await launches.find(id))?.mode.is ?? 'ended';
    return mode === 'ended' ? null : mode;
  } catch (error) {
    if (error instanceof StorageError && !isOfOneLog(error.code)) throw error;
    return 'unreadable';
  }
}
