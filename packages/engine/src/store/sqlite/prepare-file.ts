import { mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { StorageError } from '../storage-error.ts';

/** Makes the folder and an empty file if there is none, for Slipway's user alone: the log and hashes of tokens are in it. */
export async function prepareFile(file: string): Promise<void> {
  await prepareDirectory(dirname(file));
  try {
    // Only ever creates: opening and closing a database file that this process has open would drop the locks on it.
    await (await open(file, 'wx', 0o600)).close();
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw explainFile(error, file);
  }
}

export async function prepareDirectory(directory: string): Promise<void> {
  try {
    await mkdir(directory, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw explainFile(error, directory);
  }
}

/** Why a file or folder cannot be made, or written, and what to do. */
export function explainFile(error: unknown, path: string): StorageError {
  const code = codeOf(error);
  const options = { cause: error };
  if (code === 'EROFS') {
    return new StorageError(
      'read-only',
      `${path} cannot be written, its file system is read-only: look at the disk and mount it for writing, or name another data folder.`,
      options,
    );
  }
  if (code === 'EACCES' || code === 'EPERM') {
    return new StorageError(
      'read-only',
      `${path} cannot be written: give Slipway's user write permission to it and the folder it is in, or name another data folder.`,
      options,
    );
  }
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new StorageError('full', `${path} cannot be written, the disk is full: free some space.`, options);
  }
  if (code === 'ENOTDIR' || code === 'EEXIST') {
    return new StorageError(
      'cannot-open',
      `${path} cannot be created, a file stands where a folder is needed: name another data folder.`,
      options,
    );
  }
  return new StorageError('cannot-open', `${path} cannot be created (${code}): name another data folder.`, options);
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
}
