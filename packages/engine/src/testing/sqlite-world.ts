import { setImmediate as nextTurn } from 'node:timers/promises';
import { join } from 'node:path';
import type { Changes } from '../ports/changes.ts';
import type { Database } from '../ports/database.ts';
import type { FlagKeys } from '../ports/flag-keys.ts';
import type { FlagStore } from '../ports/flag-store.ts';
import type { Leases } from '../ports/leases.ts';
import type { LaunchStore } from '../ports/launch-store.ts';
import type { Tokens } from '../ports/tokens.ts';
import type { WorkQueue } from '../ports/work-queue.ts';
import { createInProcessQueue } from '../queue/in-process-queue.ts';
import { createFlagKeys } from '../store/flag-keys.ts';
import { createFlagStore } from '../store/flag-store.ts';
import { createLaunchStore } from '../store/launch-store.ts';
import { createLeases } from '../store/leases.ts';
import { createLocalChanges } from '../store/local-changes.ts';
import { openSqliteDatabase } from '../store/sqlite/sqlite-database.ts';
import { createTokens } from '../store/tokens.ts';
import { createManualClock, type ManualClock } from './manual-clock.ts';
import { createTemporaryDirectory } from './temporary-directory.ts';

/** Everything that stands on one database, in virtual time. */
export interface SqliteWorld extends AsyncDisposable {
  readonly database: Database;
  readonly store: LaunchStore;
  readonly leases: Leases;
  readonly tokens: Tokens;
  readonly flagStore: FlagStore;
  readonly flagKeys: FlagKeys;
  readonly changes: Changes;
  readonly clock: ManualClock;
  readonly queued: () => Promise<readonly string[]>;
  readonly takeOver: number;
  readonly lose: null;
  open(): Promise<WorkQueue>;
  now(): number;
  pass(ms: number): Promise<void>;
  settle(): Promise<void>;
}

export async function createFileWorld(): Promise<SqliteWorld> {
  const directory = await createTemporaryDirectory();
  return worldOn(await openSqliteDatabase(join(directory.path, 'slipway.sqlite')), directory.remove);
}

export async function createMemoryWorld(): Promise<SqliteWorld> {
  return worldOn(await openSqliteDatabase(':memory:'), async () => {});
}

function worldOn(database: Database, remove: () => Promise<void>): SqliteWorld {
  const clock = createManualClock();
  return {
    database,
    store: createLaunchStore(database, createInProcessQueue(database, clock)),
    leases: createLeases(database),
    tokens: createTokens(database),
    flagStore: createFlagStore(database),
    flagKeys: createFlagKeys(database),
    changes: createLocalChanges(),
    clock,
    queued: async () => (await database.query('select id from work')).map((row) => String(row['id'])),
    takeOver: 0,
    lose: null,
    open: async () => createInProcessQueue(database, clock),
    now: () => clock.now(),
    pass: async (ms) => await clock.advance(ms),
    settle,
    [Symbol.asyncDispose]: async () => {
      await database.close();
      await remove();
    },
  };
}

/** SQLite answers without waiting for anything outside, so a few turns of the event loop see everything through. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await nextTurn();
}
