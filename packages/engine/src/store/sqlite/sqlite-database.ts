import { DatabaseSync, type StatementSync } from 'node:sqlite';
import type { Database, Queryable, SqlRow, SqlValue } from '../../ports/database.ts';
import { migrate } from '../schema.ts';
import { StorageError } from '../storage-error.ts';

/** Opens (or makes) the embedded database; `:memory:` keeps nothing. Every commit is on the disk before it is acknowledged. */
export async function openSqliteDatabase(file: string): Promise<Database> {
  const database = new SqliteDatabase(openFile(file));
  try {
    await migrate(database);
  } catch (error) {
    await database.close();
    throw storageError(error, file);
  }
  return database;
}

function openFile(file: string): DatabaseSync {
  try {
    const connection = new DatabaseSync(file);
    connection.exec(
      'pragma journal_mode = wal; pragma synchronous = full; pragma busy_timeout = 5000; pragma foreign_keys = on',
    );
    return connection;
  } catch (error) {
    throw storageError(error, file);
  }
}

/** One connection: transactions and single queries wait for each other. */
class SqliteDatabase implements Database {
  readonly #connection: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();
  #tail: Promise<unknown> = Promise.resolve();

  constructor(connection: DatabaseSync) {
    this.#connection = connection;
  }

  query(sql: string, values: readonly SqlValue[] = []): Promise<readonly SqlRow[]> {
    return this.#queue(async () => this.#run(sql, values));
  }

  transaction<T>(work: (tx: Queryable) => Promise<T>): Promise<T> {
    return this.#queue(async () => {
      this.#exec('begin immediate');
      try {
        const result = await work({ query: async (sql, values = []) => this.#run(sql, values) });
        this.#exec('commit');
        return result;
      } catch (error) {
        if (this.#connection.isTransaction) this.#exec('rollback');
        throw error;
      }
    });
  }

  close(): Promise<void> {
    return this.#queue(async () => {
      if (this.#connection.isOpen) this.#connection.close();
    });
  }

  #run(sql: string, values: readonly SqlValue[]): readonly SqlRow[] {
    try {
      let statement = this.#statements.get(sql);
      if (statement === undefined) {
        statement = this.#connection.prepare(sql);
        this.#statements.set(sql, statement);
      }
      return statement.all(...values) as unknown as readonly SqlRow[];
    } catch (error) {
      throw storageError(error, 'the database');
    }
  }

  #exec(sql: string): void {
    try {
      this.#connection.exec(sql);
    } catch (error) {
      throw storageError(error, 'the database');
    }
  }

  #queue<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#tail.then(work, work);
    this.#tail = result.catch(() => null);
    return result;
  }
}

const CODES: readonly (readonly [RegExp, StorageError['code'], string])[] = [
  [/readonly|read-only|EROFS|EACCES/i, 'read-only', 'cannot be written: make the folder writable for this user'],
  [/disk is full|ENOSPC/i, 'full', 'cannot be written: the disk is full; make room, nothing recorded was lost'],
  [
    /not a database|malformed|corrupt/i,
    'damaged',
    'is damaged or not of Slipway: restore it from a backup, or name another folder with --data',
  ],
  [/unable to open|no such file|disk I\/O/i, 'gone', 'cannot be opened or written: check the folder and its rights'],
  [/is locked|busy/i, 'locked', 'is in use by another process'],
];

function storageError(error: unknown, what: string): unknown {
  if (error instanceof StorageError || !(error instanceof Error)) return error;
  const found = CODES.find(([pattern]) => pattern.test(error.message));
  return found === undefined ? error : new StorageError(found[1], `${what} ${found[2]}`, { cause: error });
}
