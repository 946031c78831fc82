import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { StorageError } from '../storage-error.ts';
import { explainSqlite } from './explain-sqlite.ts';
import { prepareDirectory, prepareFile } from './prepare-file.ts';

/** Held for as long as the process lives, or until it is given back. */
export interface DirectoryLock extends AsyncDisposable {
  release(): Promise<void>;
}

/** An empty database held in an exclusive transaction: the kernel lets go of it at death, however the process dies. */
const LOCK_FILE = 'slipway.lock';
/** Not in the lock file: opening and closing that would drop the lock. */
const PID_FILE = 'slipway.pid';
/** Two that start at the same moment try a few times until one of them has it, in milliseconds. */
const BUSY_TIMEOUT = 500;

/**
 * Takes the data directory, created where there is none, for this process alone.
 * Rejects with StorageError in-use, naming the process that has it where that is known, read-only, full or cannot-open.
 */
export async function lockDirectory(directory: string): Promise<DirectoryLock> {
  const file = join(directory, LOCK_FILE);
  const pidFile = join(directory, PID_FILE);
  await prepareDirectory(directory);
  await prepareFile(file);
  const connection = await takeLock(file, pidFile, directory);
  const release = async (): Promise<void> => {
    if (!connection.isOpen) return;
    await rm(pidFile, { force: true });
    connection.close();
  };
  try {
    await writeFile(pidFile, `${process.pid}\n`, { mode: 0o600 });
  } catch (error) {
    connection.close();
    throw new StorageError('read-only', `${pidFile} cannot be written: give Slipway's user write permission to it.`, {
      cause: error,
    });
  }
  return { release, [Symbol.asyncDispose]: release };
}

async function takeLock(file: string, pidFile: string, directory: string): Promise<DatabaseSync> {
  let connection: DatabaseSync | null = null;
  try {
    connection = new DatabaseSync(file, { timeout: BUSY_TIMEOUT });
    connection.exec('begin exclusive');
    return connection;
  } catch (error) {
    connection?.close();
    const explained = explainSqlite(error, file);
    if (!(explained instanceof StorageError) || explained.code !== 'in-use') throw explained;
    const holder = await readHolder(pidFile);
    const who = holder === null ? 'another process' : `process ${holder}`;
    const message = `The data folder ${directory} is in use by ${who}: stop that one first, or name another data folder.`;
    throw new StorageError('in-use', message, { cause: error });
  }
}

/** Null when nobody has written it down yet, or who has is not alive. */
async function readHolder(pidFile: string): Promise<number | null> {
  const text = await readFile(pidFile, 'utf8').catch(() => '');
  const pid = Number(/^[1-9]\d{0,9}\n$/.exec(text)?.[0] ?? Number.NaN);
  return Number.isNaN(pid) || !isAlive(pid) ? null : pid;
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // It lives, and belongs to somebody else.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
