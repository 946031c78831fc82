import { rmSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { StorageError } from '../storage-error.ts';
import { explainSqlite } from './explain-sqlite.ts';
import { explainFile, prepareDirectory, prepareFile } from './prepare-file.ts';

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
  try {
    await writeFile(pidFile, `${process.pid}\n`, { mode: 0o600 });
  } catch (error) {
    const why = explainFile(error, pidFile);
    // The lock is what counts. On a full disk it is held by nobody known, rather than by nobody.
    if (why.code !== 'full') {
      connection.close();
      throw why;
    }
  }
  return holdLock(connection, pidFile);
}

function holdLock(connection: DatabaseSync, pidFile: string): DirectoryLock {
  const letGo = (): void => {
    process.off('exit', letGo);
    if (!connection.isOpen) return;
    try {
      rmSync(pidFile, { force: true });
    } catch {
      // A file system that takes no changes any more keeps it: whoever reads it looks whether that process lives.
    }
    connection.close();
  };
  // Also keeps the connection: a caller who drops the lock would else lose it at the next garbage collection.
  process.on('exit', letGo);
  const release = async (): Promise<void> => letGo();
  return { release, [Symbol.asyncDispose]: release };
}

async function takeLock(file: string, pidFile: string, directory: string): Promise<DatabaseSync> {
  let connection: DatabaseSync | null = null;
  try {
    connection = new DatabaseSync(file, { timeout: BUSY_TIMEOUT });
    // A journal on the disk would want room there, for nothing.
    connection.exec('pragma journal_mode = memory; begin exclusive');
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
