import pg from 'pg';
import type { Database, Queryable } from '../../ports/database.ts';
import { StorageError } from '../storage-error.ts';

const OLDEST = 15;
/** "SLIP": tells our lock from those of other programs in the same database. */
const LOCK = 0x53_4c_49_50;

export interface Schema {
  readonly name: string;
  /** Stands for the database in messages. */
  readonly address: string;
}

/** Rejects with StorageError cannot-open where the server is too old. */
export async function refuseOld(database: Queryable, address: string): Promise<void> {
  const [row] = await database.query("select current_setting('server_version_num') as version");
  const major = Math.floor(Number(row?.['version']) / 10_000);
  if (major >= OLDEST) return;
  throw new StorageError('cannot-open', `${address} is PostgreSQL ${major}: Slipway needs ${OLDEST} or newer.`);
}

/** The same database for migrations: one process at a time, and with the schema there. */
export function prepareSchema(database: Database, schema: Schema): Pick<Database, 'transaction'> {
  return {
    transaction: async (work) =>
      await database.transaction(async (tx) => {
        await tx.query('select pg_advisory_xact_lock(?1)', [LOCK]);
        await createSchema(tx, schema);
        return await work(tx);
      }),
  };
}

/** Looks first: a user who may not create schemas may use one that somebody made. */
async function createSchema(tx: Queryable, { name }: Schema): Promise<void> {
  const found = await tx.query('select 1 as found from pg_namespace where nspname = ?1', [name]);
  if (found.length === 0) await tx.query(`create schema ${pg.escapeIdentifier(name)}`);
}
