import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Database, lockDirectory, openSqliteDatabase } from '@slipway/engine';
import { requirePrivateFolder } from '../local/private-folder.ts';

/** Where a server keeps its state, for this process alone until it is closed. */
export interface Storage {
  readonly database: Database;
  readonly dataDirectory: string;
  close(): Promise<void>;
}

/** `dataDirectory`: absolute; null: in memory, nothing is kept. Rejects with StorageError, or with what to do about the folder. */
export async function openStorage(dataDirectory: string | null): Promise<Storage> {
  if (dataDirectory === null) return openEphemeralStorage();
  await mkdir(dataDirectory, { recursive: true, mode: 0o700 });
  await requirePrivateFolder(dataDirectory, process.geteuid?.());
  const lock = await lockDirectory(dataDirectory);
  const database = await openSqliteDatabase(join(dataDirectory, 'slipway.db'));
  const close = async (): Promise<void> => {
    await database.close();
    await lock.release();
  };
  return { database, dataDirectory, close };
}

async function openEphemeralStorage(): Promise<Storage> {
  const dataDirectory = await mkdtemp(join(tmpdir(), 'slipway-'));
  const database = await openSqliteDatabase(':memory:');
  const close = async (): Promise<void> => {
    await database.close();
    await rm(dataDirectory, { recursive: true, force: true });
  };
  return { database, dataDirectory, close };
}
