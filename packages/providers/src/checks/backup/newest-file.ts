import { glob, stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { RetryableError, TerminalError, unlessAborted } from '@slipway/provider-kit';
import type { Newest } from './newest.ts';
import { none } from './newest.ts';

const MAX_FILES = 10_000;

interface Bounds {
  readonly directory: string;
  /** Milliseconds. */
  readonly timeout: number;
  readonly signal: AbortSignal;
}

/** Of the files that a glob matches, the one that was changed last. A folder is no backup. */
export async function newestFile(pattern: string, { directory, timeout, signal }: Bounds): Promise<Newest> {
  const limit = AbortSignal.timeout(timeout);
  const either = AbortSignal.any([signal, limit]);
  try {
    return await unlessAborted(search(pattern, directory, either), either);
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof TerminalError) throw error;
    if (limit.aborted) throw new RetryableError(`the files of ${pattern} could not be listed in time: raise timeout`);
    throw new RetryableError(`the files of ${pattern} cannot be listed (${codeOf(error)})`);
  }
}

async function search(pattern: string, directory: string, signal: AbortSignal): Promise<Newest> {
  let newest: Newest = none('no file matches');
  let seen = 0;
  for await (const name of glob(pattern, { cwd: directory })) {
    signal.throwIfAborted();
    seen += 1;
    if (seen > MAX_FILES) throw new TerminalError(`${pattern} matches more than ${MAX_FILES} files: narrow it`);
    const found = await stat(resolve(directory, name));
    if (!found.isFile() || (newest.kind === 'found' && newest.at >= found.mtimeMs)) continue;
    newest = { kind: 'found', name: basename(name), at: found.mtimeMs, size: { bytes: found.size } };
  }
  return newest;
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
