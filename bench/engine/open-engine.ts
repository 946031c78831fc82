import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import {
  type Changes,
  type Clock,
  createEngine,
  createFlagCounter,
  createFlags,
  createFlagStore,
  createHandlers,
  createInProcessQueue,
  createLaunchStore,
  createLeases,
  createPgBossQueue,
  createPostgresChanges,
  createSystemClock,
  type Database,
  type Engine,
  type Handlers,
  openPostgresDatabase,
  openSqliteDatabase,
  ProviderAccess,
  type WorkQueue,
} from '@slipway/engine';
import { createCommandRunner, createHttpClient, createRedactor, type Registry } from '@slipway/provider-kit';
import { registry } from '@slipway/providers';
import type { EngineOrder, Storage } from './order.ts';

/** What stands in for the world outside: it costs next to nothing, so that what is left is the engine's. */
export interface StandIns {
  readonly commands: Handlers['command'];
  readonly router: Registry['metricSources'][string];
}

export interface OpenEngine {
  readonly engine: Engine;
  close(): Promise<void>;
}

/** An engine as the server composes it, but for the stand-ins. It has not begun to work. */
export async function openEngine(order: EngineOrder, standIns: StandIns): Promise<OpenEngine> {
  const clock = createSystemClock();
  const { database, queue, changes } = await openStorage(order.storage, clock);
  const leases = createLeases(database);
  const redactor = createRedactor();
  const access = new ProviderAccess({
    registry: { ...registry, metricSources: { ...registry.metricSources, router: standIns.router } },
    http: createHttpClient({}),
    commands: createCommandRunner(),
    redactor,
    clock,
    flagCounter: createFlagCounter({ database, clock }),
    dataDirectory: order.folder,
    environment: {},
  });
  const heard = changes === null ? {} : { changes };
  const flags = createFlags({ store: createFlagStore(database), clock, changes });
  const handlers = { ...createHandlers(access, leases, { flags }), command: standIns.commands };
  const store = createLaunchStore(database, queue, heard);
  const engine = createEngine({ store, queue, leases, clock, redactor, handlers, ...heard, onError: complain });
  const close = async (): Promise<void> => {
    await engine.close(0);
    await changes?.close();
    await database.close();
  };
  return { engine, close };
}

interface Stored {
  readonly database: Database;
  readonly queue: WorkQueue;
  readonly changes: Changes | null;
}

/** As the server has it. */
const CONCURRENCY = 10_000;

async function openStorage(storage: Storage, clock: Clock): Promise<Stored> {
  const options = { concurrency: CONCURRENCY, onError: complain };
  switch (storage.is) {
    case 'file': {
      await mkdir(dirname(storage.path), { recursive: true });
      const database = await openSqliteDatabase(storage.path);
      return { database, queue: createInProcessQueue(database, clock, options), changes: null };
    }
    case 'postgres': {
      const { url } = storage;
      const database = await openPostgresDatabase(url);
      const queue = await createPgBossQueue({ database, url, clock }, options);
      return { database, queue, changes: await createPostgresChanges(url, clock, { onError: complain }) };
    }
  }
}

/** A bench in which something failed has measured something else. */
function complain(error: unknown, what?: unknown): void {
  console.error('the engine complains:', what, error);
}
