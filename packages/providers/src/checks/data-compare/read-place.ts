import type { Ask } from '../../sql/read-only.ts';
import type { Columns } from './checksum-query.ts';
import { checksumQuery, countQuery } from './checksum-query.ts';
import type { TableName } from './table-name.ts';
import { nameText } from './table-name.ts';

/** Tables, and tables in parts as one; the parts themselves are in those. */
const TABLES = `select n.nspname::text as schema, c.relname::text as table from pg_class c
  join pg_namespace n on n.oid = c.relnamespace
  where c.relkind in ('r', 'p') and not c.relispartition and n.nspname = $1 order by 2`;

const COLUMNS = `select a.attname::text as name,
    coalesce(a.attnum = any(i.indkey::int2[]), false) as key
  from pg_attribute a left join pg_index i on i.indrelid = a.attrelid and i.indisprimary
  where a.attrelid = to_regclass(format('%I.%I', $1::text, $2::text)) and a.attnum > 0 and not a.attisdropped
  order by a.attname collate "C"`;

/** A server by the microsecond of its start, and the database on it. */
const IDENTITY = `select pg_postmaster_start_time()::text || ' ' || oid::text as identity
  from pg_database where datname = current_database()`;

/** The same for two connections to one database, whatever way they came. */
export async function identityOf(ask: Ask): Promise<string> {
  const { rows } = await ask(IDENTITY);
  return String(rows[0]?.['identity']);
}

export async function tablesIn(ask: Ask, schema: string): Promise<readonly TableName[]> {
  const { rows } = await ask(TABLES, [schema]);
  return rows.map((row) => ({ schema: String(row['schema']), table: String(row['table']) }));
}

/** Null where there is no such table. */
export async function columnsOf(ask: Ask, { schema, table }: TableName): Promise<Columns | null> {
  const { rows } = await ask(COLUMNS, [schema, table]);
  if (rows.length === 0) return null;
  const all = rows.map(({ name }) => String(name));
  const key = rows.filter((row) => row['key'] === true).map(({ name }) => String(name));
  return { all, key: key.length === 0 ? all : key };
}

export async function countOf(ask: Ask, table: TableName): Promise<bigint> {
  const { rows } = await ask(countQuery(table));
  return BigInt(String(rows[0]?.['rows']));
}

/** Rows and the two sums on one line, to be compared as they are. */
export async function checksumOf(
  ask: Ask,
  table: TableName,
  { columns, share }: { readonly columns: Columns; readonly share: number | null },
): Promise<string> {
  const { rows } = await ask(checksumQuery(table, columns, share));
  const [row] = rows;
  if (row === undefined) throw new Error(`no checksum of ${nameText(table)}`);
  const sum = `${String(row['first'])}/${String(row['second'])}`;
  return share === null ? sum : `${sum} of a sample of ${String(row['rows'])} rows`;
}
