import type { Database } from '../ports/database.ts';
import { StorageError } from './storage-error.ts';

/** Portable SQL: JSON as text, times as epoch ms in bigint. One list entry is one version of the schema; entries never change. */
const MIGRATIONS: readonly (readonly string[])[] = [
  [
    'create table launch (id text primary key, name text not null, version bigint not null, active integer not null, started_at bigint not null)',
    'create index launch_name on launch (name)',
    `create table event (launch text not null, seq bigint not null, type text not null, at bigint not null, actor text not null,
       payload text not null, previous text not null, hash text not null, primary key (launch, seq))`,
    'create table work (id text primary key, launch text not null, effect text, due_at bigint not null)',
    'create index work_due on work (due_at)',
    'create table lease (environment text primary key, launch text not null, expires_at bigint not null)',
    `create table token (id text primary key, hash text not null unique, person text not null, role text not null,
       created_at bigint not null)`,
  ],
];

/** Brings an empty or older database to this version's schema. Refuses one that a newer Slipway wrote. */
export async function migrate(database: Database): Promise<void> {
  await database.query('create table if not exists meta (name text primary key, value bigint not null)');
  await database.transaction(async (tx) => {
    const [row] = await tx.query("select value from meta where name = 'schema'");
    const version = Number(row?.['value'] ?? 0);
    if (version > MIGRATIONS.length) {
      throw new StorageError(
        'too-new',
        `the data is of a newer Slipway (schema ${version}, this one knows ${MIGRATIONS.length}): update Slipway`,
      );
    }
    for (const statement of MIGRATIONS.slice(version).flat()) await tx.query(statement);
    const upsert =
      "insert into meta (name, value) values ('schema', ?1) on conflict (name) do update set value = excluded.value";
    await tx.query(upsert, [MIGRATIONS.length]);
  });
}
