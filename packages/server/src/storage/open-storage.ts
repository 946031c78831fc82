import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type Changes,
  type Clock,
  createInProcessQueue,
  createPgBossQueue,
  createPostgresChanges,
  type Database,
  lockDirectory,
  openPostgresDatabase,
  openSqliteDatabase,
  type Work,
  type WorkQueue,
} from '@slipway/engine';
import { requirePrivateFolder } from '../local/private-folder.ts';

/** Where a server keeps its state. */
export interface Storage {
  readonly database: Database;
  /** Of providers, and of what belongs to this machine. */
  readonly dataDirectory: string;
  openQueue(clock: Clock, options: QueueOptions): Promise<WorkQueue>;
  /** null: nobody else changes anything. */
  openChanges(clock: Clock, onError: (error: unknown) => void): Promise<Changes | null>;
  close(): Promise<void>;
}

export interface QueueOptions {
  readonly concurrency: number;
  readonly onError: (error: unknown, work: Work | null) => void;
}

export interface StorageOptions {
  /** Absolute; null: in memory, nothing is kept. */
  readonly dataDirectory: string | null;
  /** Of a PostgreSQL that several servers may share; undefined: a database of the data folder's own, for this process alone. */
  readonly databaseUrl: string | undefined;
}

/** Rejects with StorageError, or with what to do about the folder. */
export async function openStorage({ dataDirectory, databaseUrl = '' }: StorageOptions): Promise<Storage> {
  if (dataDirectory === null) return openEphemeral();
  await mkdir(dataDirectory, { recursive: true, mode: 0o700 });
  await requirePrivateFolder(dataDirectory, process.geteuid?.());
  return databaseUrl === '' ? openEmbedded(dataDirectory) : openShared(dataDirectory, databaseUrl);
}

async function openEmbedded(dataDirectory: string): Promise<Storage> {
  const lock = await lockDirectory(dataDirectory);
  const database = await openSqliteDatabase(join(dataDirectory, 'slipway.db'));
  const close = async (): Promise<void> => {
    await database.close();
    await lock.release();
  };
  return { ...aloneOn(database), dataDirectory, close };
}

async function openEphemeral(): Promise<Storage> {
  const dataDirectory = await mkdtemp(join(tmpdir(), 'slipway-'));
  const database = await openSqliteDatabase(':memory:');
  const close = async (): Promise<void> => {
    await database.close();
    await rm(dataDirectory, { recursive: true, force: true });
  };
  return { ...aloneOn(database), dataDirectory, close };
}

function aloneOn(database: Database): Pick<Storage, 'database' | 'openQueue' | 'openChanges'> {
  return {
    database,
    openQueue: async (clock, options) => createInProcessQueue(database, clock, options),
    openChanges: async () => null,
  };
}

async function openShared(dataDirectory: string, url: string): Promise<Storage> {
  const database = await openPostgresDatabase(url);
  return {
    database,
    dataDirectory,
    openQueue: (clock, options) => createPgBossQueue({ database, url, clock }, options),
    openChanges: (clock, onError) => createPostgresChanges(url, clock, { onError }),
    close: () => database.close(),
  };
}
