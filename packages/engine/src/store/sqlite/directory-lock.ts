import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { StorageError } from '../storage-error.ts';

export interface DirectoryLock {
  release(): Promise<void>;
}

/** Keeps a second server out of a data folder. The kernel gives the lock back when this process dies, however it dies. */
export async function lockDirectory(directory: string): Promise<DirectoryLock> {
  const holder = join(directory, 'lock.pid');
  const connection = open(join(directory, 'lock.db'));
  try {
    connection.exec('begin exclusive');
  } catch (error) {
    connection.close();
    const pid = await readFile(holder, 'utf8').catch(() => '');
    const who = /^\d+$/.test(pid) ? ` (process ${pid})` : '';
    throw new StorageError(
      'locked',
      `another Slipway server${who} uses ${directory}: stop it, or name another folder with --data`,
      { cause: error },
    );
  }
  await writeFile(holder, String(process.pid));
  return { release: async () => connection.close() };
}

function open(file: string): DatabaseSync {
  try {
    const connection = new DatabaseSync(file);
    connection.exec('pragma busy_timeout = 0');
    return connection;
  } catch (error) {
    throw new StorageError(
      'read-only',
      `${file} cannot be written: make the folder writable, or name another with --data`,
      { cause: error },
    );
  }
}
