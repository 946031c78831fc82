import { describe, expect, it } from 'vitest';
import { StorageError } from '../storage-error.ts';
import { explainSqlite } from './explain-sqlite.ts';

const sqliteError = (errcode: number) => Object.assign(new Error('SQLite says so'), { errcode });

describe('errors of SQLite', () => {
  it.each([
    ['PERM', 3, 'cannot-open'],
    ['BUSY', 5, 'in-use'],
    ['BUSY_SNAPSHOT', 517, 'in-use'],
    ['LOCKED', 6, 'in-use'],
    ['READONLY', 8, 'read-only'],
    ['READONLY_DIRECTORY', 1544, 'read-only'],
    ['IOERR', 10, 'input-output'],
    ['IOERR_FSYNC', 1034, 'input-output'],
    ['CORRUPT', 11, 'damaged'],
    ['FULL', 13, 'full'],
    ['CANTOPEN', 14, 'cannot-open'],
    ['CONSTRAINT_PRIMARYKEY', 1555, 'duplicate'],
    ['NOTADB', 26, 'not-a-database'],
  ])('%s (%d) is %s, in one line, with its cause', (_name, errcode, code) => {
    const error = sqliteError(errcode);
    const explained = explainSqlite(error, 'data/slipway.sqlite');
    expect(explained).toBeInstanceOf(StorageError);
    expect(explained).toMatchObject({
      code,
      cause: error,
      message: expect.stringMatching(/data\/slipway\.sqlite[^\n]*\.$/),
    });
  });

  it.each([sqliteError(1), new TypeError('not ours'), 'text', null])('leaves %s as it is', (error) => {
    expect(explainSqlite(error, 'data/slipway.sqlite')).toBe(error);
  });
});
