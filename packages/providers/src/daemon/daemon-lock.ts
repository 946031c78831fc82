import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';

/**
 * Whether a daemon lives is told by a lock, not by a pid: the kernel releases it at death, however the daemon died, and a
 * reused pid cannot fake it. SQLite's exclusive transaction is the one portable file lock that Node ships; the file stays empty.
 */
export interface DaemonLock {
  release(): void;
}

const busy = 5; // SQLITE_BUSY
const isBusy = (thrown: unknown): boolean => thrown instanceof Error && 'errcode' in thrown && thrown.errcode === busy;

/** Takes the lock, or gives null when another process still holds it after `waitMs` (this blocks the thread meanwhile). */
export function takeLock(path: string, waitMs: number): DaemonLock | null {
  const database = new DatabaseSync(path, { timeout: waitMs });
  try {
    database.exec('begin exclusive');
    return { release: () => database.close() };
  } catch (thrown) {
    database.close();
    if (isBusy(thrown)) return null;
    throw thrown;
  }
}

/** Whether a living process holds the lock. Takes a shared lock for an instant, so probes do not disturb one another. */
export function isLocked(path: string): boolean {
  if (!existsSync(path)) return false;
  const database = new DatabaseSync(path, { readOnly: true, timeout: 0 });
  try {
    database.prepare('select 1 from sqlite_schema').all();
    return false;
  } catch (thrown) {
    if (isBusy(thrown)) return true;
    throw thrown;
  } finally {
    database.close();
  }
}
