import { statSync } from 'node:fs';
import type { DaemonFiles } from './daemon-files.ts';
import { boundLog } from './log-file.ts';

export interface Watch {
  end(): void;
}

const everyMs = 1_000;

/**
 * Keeps the log within its bound, and ends the daemon when its lock file is gone or replaced: nobody could find it any more,
 * a second one would start beside it, and it would hold its ports for good.
 */
export function watchFiles(
  files: DaemonFiles,
  daemon: { readonly log: (line: string) => void; readonly stop: () => void },
): Watch {
  const inode = inodeOf(files.lock);
  const timer = setInterval(() => {
    if (inodeOf(files.lock) === inode) return boundLog(files.log);
    daemon.log(`${files.lock} was removed: stopping`);
    return daemon.stop();
  }, everyMs);
  return { end: () => clearInterval(timer) };
}

/** By stat alone: to open and close the file would drop the lock that this process holds on it. */
const inodeOf = (path: string): number | null => statSync(path, { throwIfNoEntry: false })?.ino ?? null;
