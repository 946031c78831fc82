import { closeSync, copyFileSync, openSync, readSync, fstatSync, statSync, truncateSync } from 'node:fs';

/** Bytes; what is older than the last two of these is dropped. */
export const maxLogBytes = 5_000_000;

/**
 * Moves the log's content to `<path>.1` when it is over the limit. Copy and truncate, not rename: writers hold the file open
 * (in append mode) and would go on writing to a renamed one. Lines written between the two calls are lost, which a log may.
 */
export function boundLog(path: string, limit: number = maxLogBytes): void {
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  if (size <= limit) return;
  copyFileSync(path, `${path}.1`);
  truncateSync(path, 0);
}

/** Opens for appending, readable by its user only. */
export function openLog(path: string): number {
  boundLog(path);
  return openSync(path, 'a', 0o600);
}

/** The last lines, at most `maxLines` and 4 kB, from byte `from` on; empty when there is no file. */
export function tailOf(path: string, maxLines: number, from = 0): string {
  if (statSync(path, { throwIfNoEntry: false }) === undefined) return '';
  const file = openSync(path, 'r');
  try {
    const { size } = fstatSync(file);
    const start = Math.max(from <= size ? from : 0, size - 4_096);
    const buffer = Buffer.alloc(size - start);
    const read = readSync(file, buffer, 0, buffer.length, start);
    return buffer.subarray(0, read).toString('utf8').trimEnd().split('\n').slice(-maxLines).join('\n');
  } finally {
    closeSync(file);
  }
}
