import { setImmediate as nextTurn } from 'node:timers/promises';
import { enableClockOverride } from 'pg-boss';
import type { Database } from '../ports/database.ts';
import type { FlagKeys } from '../ports/flag-keys.ts';
import type { FlagStore } from '../ports/flag-store.ts';
import type { LaunchStore } from '../ports/launch-store.ts';
import type { Leases } from '../ports/leases.ts';
import type { Tokens } from '../ports/tokens.ts';
import { TAKE_OVER_DEAD, type WorkQueue } from '../ports/work-queue.ts';
import { createPgBossQueue } from '../queue/pg-boss-queue.ts';
import { createInProcessQueue } from '../queue/in-process-queue.ts';
import { createFlagKeys } from '../store/flag-keys.ts';
import { createFlagStore } from '../store/flag-store.ts';
import { createLaunchStore } from '../store/launch-store.ts';
import { createLeases } from '../store/leases.ts';
import { openPostgresDatabase } from '../store/postgres/postgres-database.ts';
import { createTokens } from '../store/tokens.ts';
import { createManualClock } from './manual-clock.ts';
import { breakConnections, createTestDatabase } from './test-postgres.ts';
import { VirtualTime } from './virtual-time.ts';

/** Everything that stands on one PostgreSQL database, but the queue. */
export interface PostgresWorld extends AsyncDisposable {
  readonly url: string;
  readonly database: Database;
  readonly store: LaunchStore;
  readonly leases: Leases;
  readonly tokens: Tokens;
  readonly flagStore: FlagStore;
  readonly flagKeys: FlagKeys;
  readonly queued: () => Promise<readonly string[]>;
}

export async function createPostgresWorld(): Promise<PostgresWorld> {
  const { url, remove } = await createTestDatabase();
  const database = await openPostgresDatabase(url);
  return {
    url,
    database,
    // What of the queue takes part in the store's transactions is the same table; this one needs no connections.
    store: createLaunchStore(database, createInProcessQueue(database, createManualClock())),
    leases: createLeases(database),
    tokens: createTokens(database),
    flagStore: createFlagStore(database),
    flagKeys: createFlagKeys(database),
    queued: async () => (await database.query('select id from work')).map((row) => String(row['id'])),
    [Symbol.asyncDispose]: async () => {
      await database.close();
      await remove();
    },
  };
}

export interface PgBossWorld extends AsyncDisposable {
  readonly database: Database;
  readonly store: LaunchStore;
  readonly leases: Leases;
  readonly queued: () => Promise<readonly string[]>;
  readonly takeOver: number;
  readonly lose: (id: string) => Promise<void>;
  /** See WorkQueueWorld; or those before live on and stand still. */
  open(before?: 'dead' | 'stalled'): Promise<WorkQueue>;
  now(): number;
  pass(ms: number): Promise<void>;
  settle(): Promise<void>;
}

/** Longest step of virtual time, in milliseconds: what is set in motion settles in between. */
const STEP = 250;

/** As pg-boss leaves a job whose process gave no sign of life, when another one takes it in the same moment. */
const SILENCED = `update slipway_queue.job set retry_count = retry_count + 1, heartbeat_on = slipway_queue.job_now()
  where singleton_key = ?1 and state = 'active'`;

/** The queue on pg-boss, in virtual time. */
export async function createPgBossWorld(): Promise<PgBossWorld> {
  const { url, remove } = await createTestDatabase();
  const time = new VirtualTime();
  // One connection, so that what is set once holds for all that we ask: the database's own functions follow virtual time.
  const { database, busy } = counting(await openPostgresDatabase(url, { connections: 1 }));
  await database.query(enableClockOverride());
  const processes: { readonly queue: WorkQueue; readonly die: () => void }[] = [];
  const open = async (before: 'dead' | 'stalled' = 'dead') => {
    for (const { die } of processes) die();
    // The kernel of a dead process closes its connections; whoever stands still keeps them.
    if (before === 'dead') await breakConnections(url, 'slipway life');
    const { clock, die } = time.process();
    const queue = await createPgBossQueue({ database, url, clock }, { virtualTime: time.boss });
    processes.push({ queue, die });
    return queue;
  };
  const settle = async () => {
    // Quiet several times in a row: what one answer sets in motion may ask again.
    for (let quiet = 0; quiet < 5; quiet += 1) {
      await time.boss.tick(0);
      await nextTurn();
      if (busy()) quiet = -1;
    }
  };
  const main = await open();
  let given = false;
  return {
    database,
    store: createLaunchStore(database, main),
    leases: createLeases(database),
    queued: async () => (await database.query('select id from work')).map((row) => String(row['id'])),
    takeOver: TAKE_OVER_DEAD,
    lose: async (id) => void (await database.query(SILENCED, [id])),
    open: async (before) => {
      if (given) return await open(before);
      given = true;
      return main;
    },
    now: () => time.boss.now(),
    pass: async (ms) => {
      await settle();
      for (let left = ms; left > 0; left -= STEP) {
        await time.boss.tick(Math.min(left, STEP));
        await settle();
      }
    },
    settle,
    [Symbol.asyncDispose]: async () => {
      await Promise.all(processes.map(async ({ queue }) => await queue.stop()));
      await database.close();
      await remove();
    },
  };
}

/** The same database; `busy`: it is being asked. */
function counting(database: Database): { readonly database: Database; readonly busy: () => boolean } {
  let asking = 0;
  const counted = async <T>(work: () => Promise<T>): Promise<T> => {
    asking += 1;
    try {
      return await work();
    } finally {
      asking -= 1;
    }
  };
  const atOnce = database.atOnce?.bind(database);
  return {
    database: {
      ...(atOnce === undefined ? {} : { atOnce: async (work) => await counted(() => atOnce(work)) }),
      query: async (sql, values) => await counted(() => database.query(sql, values)),
      transaction: async (work) => await counted(() => database.transaction(work)),
      close: async () => await database.close(),
    },
    busy: () => asking > 0,
  };
}
