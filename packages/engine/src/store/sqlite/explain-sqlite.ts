import { StorageError } from '../storage-error.ts';

/** Primary result codes of SQLite (https://sqlite.org/rescode.html). */
const PERM = 3;
const BUSY = 5;
const LOCKED = 6;
const READONLY = 8;
const IOERR = 10;
const CORRUPT = 11;
const FULL = 13;
const CANTOPEN = 14;
const CONSTRAINT = 19;
const NOTADB = 26;

/** An error of node:sqlite as a StorageError that says what to do; any other error as it is. */
export function explainSqlite(error: unknown, file: string): unknown {
  const errcode = error instanceof Error && 'errcode' in error ? error.errcode : null;
  if (typeof errcode !== 'number') return error;
  const options = { cause: error };
  // Extended codes keep the primary one in their low byte.
  switch (errcode & 0xff) {
    case READONLY:
      return new StorageError(
        'read-only',
        `${file} cannot be written: give Slipway's user write permission to the file and its folder.`,
        options,
      );
    case FULL:
      return new StorageError(
        'full',
        `The disk of ${file} is full: free some space. What was acknowledged before is safe.`,
        options,
      );
    case NOTADB:
      return new StorageError(
        'not-a-database',
        `${file} is not a database of Slipway: name another data folder, or move the file away.`,
        options,
      );
    case CORRUPT:
      return new StorageError('damaged', `${file} is damaged: restore the data folder from a backup.`, options);
    case CANTOPEN:
    case PERM:
      return new StorageError(
        'cannot-open',
        `${file} cannot be opened: check that it is a file and that Slipway's user may read and write it and its folder.`,
        options,
      );
    case BUSY:
    case LOCKED:
      return new StorageError(
        'in-use',
        `${file} is in use by another program: end that program, then try again.`,
        options,
      );
    case IOERR:
      return new StorageError(
        'input-output',
        `${file} could not be read or written: check the disk and its file system.`,
        options,
      );
    case CONSTRAINT:
      return new StorageError(
        'duplicate',
        `${file} refused a record that breaks a rule of its tables, such as an id that is there already.`,
        options,
      );
    default:
      return error;
  }
}
