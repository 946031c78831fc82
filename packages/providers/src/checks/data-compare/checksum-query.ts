import type { TableName } from './table-name.ts';
import { quoted, quotedTable } from './table-name.ts';

export interface Columns {
  /** In the same order for both databases, whatever order the tables have. */
  readonly all: readonly string[];
  /** Of the primary key; of a table without one, all. */
  readonly key: readonly string[];
}

/** So that a value is the same text wherever it is: of times, intervals, numbers and bytes. No rows are hidden: it is refused rather. */
export const SETTINGS: readonly string[] = [
  "set local timezone = 'UTC'",
  "set local datestyle = 'ISO, YMD'",
  "set local intervalstyle = 'iso_8601'",
  'set local extra_float_digits = 1',
  "set local bytea_output = 'hex'",
  "set local xmlbinary = 'base64'",
  'set local row_security = off',
];

export const countQuery = (table: TableName): string => `select count(*)::text as rows from ${quotedTable(table)}`;

/**
 * A checksum that no order of rows changes. For each row: the MD5 of `row(columns by name)::text`, cut into two numbers of 64 bits;
 * for the table: the exact sum of either. Two tables that differ have the same pair by chance with at most 2^-128, as follows: of the
 * rows that differ take one, and all others as given; its number times how often it is more there must be one certain value, which
 * at most one of 2^64 numbers is, and that twice. It holds against chance, not against who makes rows that collide in MD5.
 * `share`: of the rows, those only whose key's MD5 begins with a number below it; null for all of them.
 */
export function checksumQuery(table: TableName, columns: Columns, share: number | null): string {
  const chosen = share === null ? '' : ` where ${number(`md5(${rowText(columns.key)})`, 1, 8)} < ${threshold(share)}`;
  return `select count(*)::text as rows, coalesce(sum(${number('hash', 1, 16)}), 0)::text as first,
    coalesce(sum(${number('hash', 17, 16)}), 0)::text as second
    from (select md5(${rowText(columns.all)}) as hash from ${quotedTable(table)} t${chosen}) hashes`;
}

/** Text of a row is without doubt: what is in it is quoted where it must be, and null is not the empty text. */
const rowText = (columns: readonly string[]): string =>
  `row(${columns.map((name) => `t.${quoted(name)}`).join(', ')})::text`;

/** Hexadecimal digits as a number; with 64 bits it has a sign. */
function number(hash: string, from: number, digits: number): string {
  const bits = digits === 16 ? 'bit(64)' : 'bit(32)';
  return `('x' || substr(${hash}, ${from}, ${digits}))::${bits}::bigint`;
}

const threshold = (share: number): number => Math.ceil(share * 2 ** 32);
