import { createHash } from 'node:crypto';
import { tmpdir, userInfo } from 'node:os';
import { join, resolve } from 'node:path';

/** Which daemon: one folder may hold several, told apart by name. */
export interface DaemonAddress {
  /** Made absolute; created with mode 0700 by the one who starts the daemon. */
  readonly directory: string;
  /** Letters, digits and dashes: the stem of the daemon's files. */
  readonly name: string;
}

export interface DaemonFiles {
  readonly directory: string;
  /** Held exclusively by the living daemon. Never open it with fs inside the daemon: closing it would drop the lock. */
  readonly lock: string;
  readonly log: string;
  readonly record: string;
  readonly socket: string;
}

/** macOS allows 104 bytes with the final zero, Linux 108. */
const longestSocketPath = 103;

/** Where short socket paths go when the data folder's own path is too long for one. */
export function shortSocketDirectory(): string {
  return join(tmpdir(), `slipway-${userInfo().uid}`);
}

export function filesOf({ directory, name }: DaemonAddress): DaemonFiles {
  const folder = resolve(directory);
  const stem = join(folder, name);
  const near = `${stem}.sock`;
  const digest = createHash('sha256').update(stem).digest('hex').slice(0, 24);
  const socket = Buffer.byteLength(near) <= longestSocketPath ? near : join(shortSocketDirectory(), `${digest}.sock`);
  return { directory: folder, lock: `${stem}.lock`, log: `${stem}.log`, record: `${stem}.json`, socket };
}
