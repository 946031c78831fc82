import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import type pg from 'pg';
import type { Database, Queryable, SqlRow, SqlValue } from '../../ports/database.ts';
import { migrate } from '../migrate.ts';
import { StorageError } from '../storage-error.ts';
import { createPool, DEFAULT_SCHEMA, type PostgresOptions } from './connect.ts';
import { explainPostgres, isTransient } from './explain-postgres.ts';
import { GroupCommit } from './group-commit.ts';
import { Gate } from '../gate.ts';
import { postgresAddress } from './postgres-address.ts';
import { prepareSchema, refuseOld, type Schema } from './prepare-schema.ts';
import { Statements } from './statements.ts';

/**
 * Opens Slipway's tables in the PostgreSQL at `url`, made where there are none, and brings them up to date. Any number of processes
 * may do so at once. What a transaction has committed is as safe as the server keeps it.
 * Rejects with StorageError: cannot-open (no answer, a refused user, a server older than 15), read-only, full, newer-schema, damaged,
 * in-use, input-output. No message holds the password.
 */
export async function openPostgresDatabase(url: string, options: PostgresOptions = {}): Promise<Database> {
  const address = postgresAddress(url);
  const database = new PostgresDatabase(createPool(url, options), address);
  try {
    await refuseOld(database, address);
    const schema: Schema = { name: options.schema ?? DEFAULT_SCHEMA, address };
    await migrate(prepareSchema(database, schema), { bigint: 'bigint', tableOptions: '' }, address);
    return database;
  } catch (error) {
    await database.close();
    throw error;
  }
}

interface Scope {
  over: boolean;
}

/** How often a transaction is tried that others made fail. */
const TRIES = 5;
/** Milliseconds, times the number of tries, at random up to. */
const REST = 50;

/** Connections that transactions leave to single statements. */
const SPARE = 2;

/**
 * A pool. Transactions overlap, those of this process as those of others. READ COMMITTED is enough: what a
 * decision rests on is in the `where` of the statement that changes it (a launch's version, a lease's holder), and PostgreSQL looks
 * at it again after it has waited for whoever changed the row first. So nothing that is only read is relied on.
 */
class PostgresDatabase implements Database {
  readonly #pool: pg.Pool;
  readonly #address: string;
  /** The pool gives up on whoever waits for long; nobody waits there for a transaction of ours. */
  readonly #gate: Gate;
  readonly #group: GroupCommit;
  readonly #statements = new Statements();
  readonly #scope = new AsyncLocalStorage<Scope>();
  #closing: Promise<void> | null = null;

  constructor(pool: pg.Pool, address: string) {
    this.#pool = pool;
    this.#address = address;
    this.#gate = new Gate(Math.max(1, (pool.options.max ?? 1) - SPARE));
    this.#group = new GroupCommit((sql, values) => this.#gate.take(() => this.#run(this.#pool, sql, values)));
  }

  async query(sql: string, values: readonly SqlValue[] = []): Promise<readonly SqlRow[]> {
    this.#refuseInside();
    this.#refuseClosed();
    return await this.#run(this.#pool, sql, values);
  }

  async transaction<T>(work: (tx: Queryable) => Promise<T>): Promise<T> {
    this.#refuseInside();
    if (this.#closing !== null) throw this.#closed();
    return await this.#gate.take(async () => {
      for (let tries = 1; ; tries += 1) {
        try {
          return await this.#transact(work);
        } catch (error) {
          if (tries >= TRIES || !isTransient(error)) throw error;
          await delay(Math.random() * REST * tries);
        }
      }
    });
  }

  async atOnce(work: (tx: Queryable) => Promise<void>): Promise<boolean> {
    this.#refuseInside();
    if (this.#closing !== null) throw this.#closed();
    return await this.#group.add(work);
  }

  async close(): Promise<void> {
    // Not before what was asked earlier; what is asked later finds it closed.
    this.#closing ??= Promise.all([this.#group.passed(), this.#gate.passed()]).then(() => this.#pool.end());
    await this.#closing;
  }

  async #transact<T>(work: (tx: Queryable) => Promise<T>): Promise<T> {
    this.#refuseClosed();
    const client = await this.#connect();
    let broken: Error | null = null;
    const onError = (error: Error): void => void (broken = error);
    client.on('error', onError);
    const scope: Scope = { over: false };
    const query = async (sql: string, values: readonly SqlValue[] = []) => {
      if (scope.over) throw new Error('This transaction is over: await each of its queries inside of it.');
      return await this.#run(client, sql, values);
    };
    try {
      await this.#run(client, 'begin isolation level read committed');
      const result = await this.#scope.run(scope, () => work({ query, pipelined: true }));
      scope.over = true;
      await this.#commit(client);
      return result;
    } catch (error) {
      scope.over = true;
      broken ??= await rollBack(client);
      throw error;
    } finally {
      client.removeListener('error', onError);
      // A connection in doubt is closed, which takes back whatever it had begun.
      client.release(broken ?? undefined);
    }
  }

  /** A transaction of which a statement failed, unseen by its work, is rolled back by `commit` without a word. */
  async #commit(client: pg.PoolClient): Promise<void> {
    const { command } = await client.query('commit').catch((error: unknown) => {
      throw explainPostgres(error, this.#address);
    });
    if (command !== 'COMMIT') throw new Error('A statement of this transaction failed: all of it was taken back.');
  }

  async #connect(): Promise<pg.PoolClient> {
    try {
      return await this.#pool.connect();
    } catch (error) {
      throw explainPostgres(error, this.#address);
    }
  }

  async #run(on: pg.Pool | pg.PoolClient, sql: string, values: readonly SqlValue[] = []): Promise<readonly SqlRow[]> {
    try {
      return (await on.query<SqlRow>({ ...this.#statements.of(sql), values: [...values] })).rows;
    } catch (error) {
      throw explainPostgres(error, this.#address);
    }
  }

  #refuseClosed(): void {
    if (this.#closing !== null && this.#pool.ending) throw this.#closed();
  }

  #closed(): StorageError {
    return new StorageError('closed', `${this.#address} is closed: Slipway is stopping.`);
  }

  /** Waiting for its own end, it would wait for ever. */
  #refuseInside(): void {
    if (this.#scope.getStore()?.over === false) {
      throw new Error('Inside a transaction only the transaction itself may be asked.');
    }
  }
}

/** What the connection died of, if it did. */
async function rollBack(client: pg.PoolClient): Promise<Error | null> {
  try {
    await client.query('rollback');
    return null;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}
