import {
  type Changes,
  type Clock,
  createFlagCounter,
  createFlagKeys,
  createFlags,
  createFlagStore,
  createLaunchStore,
  createLeases,
  createTokens,
  type Database,
  type FlagCounter,
  type FlagKeys,
  type Flags,
  type LaunchStore,
  type Leases,
  StorageError,
  type Tokens,
  type WorkQueue,
} from '@slipway/engine';
import type { Logger } from 'pino';
import { openStorage, type Storage } from '../storage/open-storage.ts';
import { refuseMoved } from '../storage/refuse-moved.ts';
import { observedDatabase } from '../telemetry/observed-database.ts';
import { observedQueue } from '../telemetry/observed-queue.ts';
import { observedStore } from '../telemetry/observed-store.ts';
import type { ServerMetrics } from '../telemetry/server-metrics.ts';
import type { ServerOptions } from './server-options.ts';

/** What a server keeps, and where it tells of it; the metrics see all of it. */
export interface ServerState {
  readonly dataDirectory: string;
  readonly database: Database;
  readonly queue: WorkQueue;
  readonly store: LaunchStore;
  readonly leases: Leases;
  readonly tokens: Tokens;
  /** Not open yet. */
  readonly flags: Flags;
  readonly flagKeys: FlagKeys;
  readonly flagCounter: FlagCounter;
  /** What other servers on the same database change; null: there are none. */
  readonly changes: Changes | null;
}

/** How many effects one server runs at once: soaks and locks mostly wait. */
const CONCURRENCY = 10_000;

export interface OpeningPorts {
  readonly clock: Clock;
  readonly metrics: ServerMetrics;
  readonly logger: Logger;
  /** Takes what has to be closed: the newest first. */
  readonly closing: AsyncDisposableStack;
}

/** Rejects with StorageError, or with what to do about the folder; what it had opened is in `closing`. */
export async function openState(options: ServerOptions, ports: OpeningPorts): Promise<ServerState> {
  const { clock, metrics, logger, closing } = ports;
  const storage = await openStorage({
    dataDirectory: options.dataDirectory,
    databaseUrl: options.environment['DATABASE_URL'],
  });
  await refuseMoved(storage);
  closing.defer(() => storage.close());
  const database = observedDatabase(storage.database, metrics.onStorageError);
  const queue = observedQueue(await openQueue(storage, ports), metrics.onWork);
  const changes = await storage.openChanges(clock, (error) => logger.error({ err: error }, 'changes are not heard'));
  closing.defer(async () => await changes?.close());
  const { flags, flagCounter } = createFlagParts(database, changes, ports);
  return {
    dataDirectory: storage.dataDirectory,
    database,
    queue,
    store: observedStore(createLaunchStore(database, queue, changes === null ? {} : { changes }), metrics.onConflict),
    leases: createLeases(database),
    tokens: createTokens(database),
    flags,
    flagKeys: createFlagKeys(database),
    flagCounter,
    changes,
  };
}

function createFlagParts(
  database: Database,
  changes: Changes | null,
  { clock, logger, closing }: OpeningPorts,
): Pick<ServerState, 'flags' | 'flagCounter'> {
  const onError = (error: unknown, what: string): void => logger.error({ err: error }, what);
  const flags = createFlags({ store: createFlagStore(database), clock, changes, onError });
  const flagCounter = createFlagCounter({ database, clock, onError });
  closing.defer(() => flagCounter.close());
  closing.defer(() => flags.close());
  return { flags, flagCounter };
}

function openQueue(storage: Storage, { clock, metrics, logger }: OpeningPorts): Promise<WorkQueue> {
  return storage.openQueue(clock, {
    concurrency: CONCURRENCY,
    onError: (error, work) => {
      // The queue asks the database itself; what fails within its work is counted there.
      if (work === null && error instanceof StorageError) metrics.onStorageError(error.code);
      logger.error({ err: error, work }, 'work failed; it is tried again');
    },
  });
}
