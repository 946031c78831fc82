import { setImmediate as nextTurn } from 'node:timers/promises';
import { createFlags } from '../flags/create-flags.ts';
import type { Flags } from '../flags/flags.ts';
import type { Changes } from '../ports/changes.ts';
import type { Clock } from '../ports/clock.ts';
import type { FlagStore } from '../ports/flag-store.ts';
import { StorageError } from '../store/storage-error.ts';
import { GRACE, SET } from './flag-samples.ts';

/** `gone`: it refuses. `hanging`: it does not answer. `deaf`: it appends, and breaks off before it says so.
 * `full`: it reads only. */
type Mood = 'there' | 'gone' | 'hanging' | 'deaf' | 'full';

export interface MoodyStore extends FlagStore {
  mood: Mood;
  /** What hangs is answered. */
  wake(): void;
}

/** A store that fails as it is told. */
export function moody(store: FlagStore): MoodyStore {
  const sleepers: (() => void)[] = [];
  const answered = async <T>(work: () => Promise<T>): Promise<T> => {
    if (own.mood === 'hanging') await new Promise<void>((resolve) => void sleepers.push(resolve));
    if (own.mood === 'gone') throw new StorageError('cannot-open', 'The database does not answer.');
    return await work();
  };
  const own: MoodyStore = {
    mood: 'there',
    wake: () => {
      own.mood = 'there';
      for (const wake of sleepers.splice(0)) wake();
    },
    append: (append) =>
      answered(async () => {
        if (own.mood === 'full') throw new StorageError('full', 'The disk is full.');
        await store.append(append);
        if (own.mood === 'deaf') throw new StorageError('input-output', 'The connection was broken off.');
      }),
    read: (set, after) => answered(() => store.read(set, after)),
    newest: (set, asked) => answered(() => store.newest(set, asked)),
    versions: () => answered(() => store.versions()),
  };
  return own;
}

export interface FlagServer {
  readonly flags: Flags;
  readonly store: MoodyStore;
  /** Heads of what listeners were told of. */
  readonly told: string[];
  readonly errors: string[];
}

/** A server's flags, open. */
export async function openFlags(
  store: FlagStore,
  clock: Clock,
  changes: Pick<Changes, 'publish' | 'listen'> | null = null,
): Promise<FlagServer> {
  const own = moody(store);
  const [told, errors]: [string[], string[]] = [[], []];
  const onError = (error: unknown, what: string): void =>
    void errors.push(error instanceof Error ? `${what}: ${error.message}` : what);
  const flags = createFlags({ store: own, clock, changes, onError });
  await flags.open();
  flags.listen((served) => told.push(served.head));
  return { flags, store: own, told, errors };
}

export async function createSet(flags: Flags, set = SET): Promise<void> {
  await flags.create(set, 'v2', GRACE);
}

/** The variant that one person gets. */
export function variantOf(flags: Flags, flag: string, set = SET): string | null {
  return flags.find(set)?.evaluator.evaluate(flag, { targetingKey: 'anna' }, 0).variant ?? null;
}

/** A few turns of the event loop. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await nextTurn();
}
