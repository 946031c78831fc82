import type { Database, Queryable } from '../ports/database.ts';
import { type Dialect, MIGRATIONS } from './schema.ts';
import { StorageError } from './storage-error.ts';

/**
 * Brings the tables up to date, all or nothing. `name` stands for the database in messages.
 * Rejects with StorageError newer-schema when a newer Slipway has been at work here.
 */
export async function migrate(database: Pick<Database, 'transaction'>, dialect: Dialect, name: string): Promise<void> {
  const work = async (tx: Queryable): Promise<void> => {
    await tx.query(
      `create table if not exists meta (key text not null primary key, value text not null)${dialect.tableOptions}`,
    );
    const version = await schemaVersion(tx, name);
    if (version > MIGRATIONS.length) throw newerSchema(name, version);
    if (version === MIGRATIONS.length) return void (await tx.query(CHANGE_NOTHING));
    for (const migration of MIGRATIONS.slice(version)) {
      for (const statement of migration(dialect)) await tx.query(statement);
    }
    await tx.query(
      "insert into meta (key, value) values ('schema', ?1) on conflict (key) do update set value = excluded.value",
      [String(MIGRATIONS.length)],
    );
  };
  // A server that cannot open is in the way of every way back.
  await database.transaction(work, { wayBack: true });
}

/** Refused by a database that takes no changes, and done on a full disk: that must not keep a server from starting. */
const CHANGE_NOTHING = 'update meta set value = value where key is null';

async function schemaVersion(tx: Queryable, name: string): Promise<number> {
  const [row] = await tx.query("select value from meta where key = 'schema'");
  const value = row === undefined ? '0' : String(row['value']);
  if (/^\d{1,9}$/.test(value)) return Number(value);
  throw new StorageError('damaged', `${name} does not say its schema version: restore the data from a backup.`);
}

function newerSchema(name: string, version: number): StorageError {
  const what = `${name} was written by a newer Slipway (schema ${version}, this one knows ${MIGRATIONS.length})`;
  return new StorageError('newer-schema', `${what}: run that version or a newer one, or restore an older backup.`);
}
