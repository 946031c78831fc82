import { AsyncLocalStorage } from 'node:async_hooks';
import type { DatabaseSync } from 'node:sqlite';
import type { Database, Queryable, SqlRow, SqlValue, TransactionOptions } from '../../ports/database.ts';
import { migrate } from '../migrate.ts';
import type { Dialect } from '../schema.ts';
import { StorageError } from '../storage-error.ts';
import { connect, IN_MEMORY } from './connect.ts';
import { explainSqlite } from './explain-sqlite.ts';
import { GroupCommit } from './group-commit.ts';
import { KeptStatements } from './kept-statements.ts';
import { Reserve } from './reserve.ts';

const SQLITE: Dialect = { bigint: 'integer', tableOptions: ' strict' };

/**
 * Opens Slipway's database in a file, created with its folder where there is none, or in memory (`:memory:`), and brings
 * its tables up to date. What a transaction has committed survives a crash of the process and of the machine.
 * Rejects with StorageError: read-only, full, not-a-database, newer-schema, damaged, cannot-open, in-use.
 */
export async function openSqliteDatabase(file: string): Promise<Database> {
  const reserve = file === IN_MEMORY ? null : new Reserve(`${file}${RESERVE}`);
  reserve?.spendIfFull();
  const database = new SqliteDatabase(await connect(file), { file, reserve });
  try {
    await migrate(database, SQLITE, file);
    return database;
  } catch (error) {
    await database.close();
    throw error;
  }
}

interface Place {
  readonly file: string;
  /** null: in memory there is no disk to fill. */
  readonly reserve: Reserve | null;
}

interface Scope {
  over: boolean;
}

/** What surely changes nothing. */
const READS = /^select /;

/** Of a database in a file, beside it. */
const RESERVE = '.reserve';

/** One connection; the turns keep its transactions, and everybody else's queries, apart. */
class SqliteDatabase implements Database {
  readonly #connection: DatabaseSync;
  readonly #file: string;
  readonly #statements = new KeptStatements((sql) => this.#connection.prepare(sql));
  readonly #turns = new GroupCommit({
    begin: () => void this.#run('begin immediate'),
    commit: () => void this.#run('commit'),
    rollBack: () => this.#rollBack(),
  });
  readonly #scope = new AsyncLocalStorage<Scope>();
  readonly #reserve: Reserve | null;

  constructor(connection: DatabaseSync, { file, reserve }: Place) {
    this.#connection = connection;
    this.#file = file;
    this.#reserve = reserve;
  }

  async query(sql: string, values: readonly SqlValue[] = []): Promise<readonly SqlRow[]> {
    this.#refuseInside();
    const run = (): readonly SqlRow[] => this.#run(sql, values);
    return await (READS.test(sql) ? this.#turns.read(run) : this.#turns.alone(run));
  }

  async transaction<T>(asked: (tx: Queryable) => Promise<T>, { wayBack = false }: TransactionOptions = {}): Promise<T> {
    this.#refuseInside();
    const work = async (tx: Queryable): Promise<T> => {
      if (!wayBack) this.#leaveToWaysBack();
      return await asked(tx);
    };
    const alone = async (): Promise<T> =>
      await this.#transact(work).catch(async (error: unknown) => {
        if (!wayBack || !mayBeFull(error) || this.#reserve?.spend() !== true) throw error;
        return await this.#transact(work);
      });
    const result = await this.#turns.transaction(alone, () => this.#inScope(work));
    this.#reserve?.take();
    return result;
  }

  async close(): Promise<void> {
    await this.#turns.alone(() => {
      this.#statements.clear();
      if (this.#connection.isOpen) this.#connection.close();
    });
  }

  async #transact<T>(work: (tx: Queryable) => Promise<T>): Promise<T> {
    this.#run('begin immediate');
    try {
      const result = await this.#inScope(work);
      this.#run('commit');
      return result;
    } catch (error) {
      this.#rollBack();
      throw error;
    }
  }

  async #inScope<T>(work: (tx: Queryable) => Promise<T>): Promise<T> {
    const scope: Scope = { over: false };
    const query = async (sql: string, values: readonly SqlValue[] = []) => {
      if (scope.over) throw new Error('This transaction is over: await each of its queries inside of it.');
      return this.#run(sql, values);
    };
    try {
      return await this.#scope.run(scope, () => work({ query }));
    } finally {
      scope.over = true;
    }
  }

  /** One launch's way back made the room: the others' looks and outcomes must not be what fills it. */
  #leaveToWaysBack(): void {
    const reserve = this.#reserve;
    if (reserve?.isGivenUp === true) reserve.take();
    if (reserve?.isGivenUp !== true) return;
    const message = `The disk of ${this.#file} is full, what is left of it is for ways back: free some space.`;
    throw new StorageError('full', message);
  }

  #rollBack(): void {
    // After some errors (a full disk) SQLite has rolled back already.
    if (!this.#connection.isOpen || !this.#connection.isTransaction) return;
    try {
      this.#run('rollback');
    } catch {
      // The next one that begins is told.
    }
  }

  #run(sql: string, values: readonly SqlValue[] = []): readonly SqlRow[] {
    if (!this.#connection.isOpen) throw new StorageError('closed', `${this.#file} is closed: Slipway is stopping.`);
    try {
      return this.#statements.of(sql).all(...values) as SqlRow[];
    } catch (error) {
      throw explainSqlite(error, this.#file);
    }
  }

  /** Waiting for its own end, it would wait for ever. */
  #refuseInside(): void {
    if (this.#scope.getStore()?.over === false) {
      throw new Error('Inside a transaction only the transaction itself may be asked.');
    }
  }
}

/** A quota that is used up, and an index that cannot grow, come as an error of input and output. */
function mayBeFull(error: unknown): boolean {
  return error instanceof StorageError && (error.code === 'full' || error.code === 'input-output');
}
