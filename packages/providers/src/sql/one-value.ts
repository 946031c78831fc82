import type { QueryResult } from 'pg';
import type { Row } from './read-only.ts';

/** Type ids of pg_type: int8, int2, int4, float4, float8, numeric. The driver gives the wide ones as texts. */
const NUMBERS: ReadonlySet<number> = new Set([20, 21, 23, 700, 701, 1700]);
/** date, timestamp: the driver would read them in the time zone of this server. */
const ZONELESS: ReadonlySet<number> = new Set([1082, 1114]);

export type OneValue =
  | { readonly kind: 'value'; readonly value: string | number | boolean | Date }
  /** The query was answered, and the answer cannot be used. */
  | { readonly kind: 'unknown'; readonly reason: string };

const unknown = (reason: string): OneValue => ({ kind: 'unknown', reason });

/** The value of a column (the first, where none is named) of the only row. NULL, NaN, no row and two rows are unknown. */
export function oneValue({ rows, fields }: QueryResult<Row>, column?: string): OneValue {
  const [row, ...more] = rows;
  const field = column === undefined ? fields[0] : fields.find(({ name }) => name === column);
  if (row === undefined) return unknown('the query gives no row');
  if (more.length > 0) return unknown(`the query gives ${more.length + 1} rows: it must give one`);
  if (field === undefined) return unknown(column === undefined ? 'no column' : `there is no column ${column}`);
  if (ZONELESS.has(field.dataTypeID)) return unknown(`${field.name} has no time zone: give a timestamptz`);
  const value = row[field.name];
  if (NUMBERS.has(field.dataTypeID) && value !== null) return numberOf(field.name, Number(value));
  if (value instanceof Date)
    return Number.isFinite(value.getTime()) ? { kind: 'value', value } : unknown('no finite time');
  if (typeof value === 'string' || typeof value === 'boolean') return { kind: 'value', value };
  return unknown(value === null ? 'NULL' : `${field.name} is no number, text, truth value or time`);
}

/** Above 2^53 two numbers of the database could be one here, so they are not compared. */
function numberOf(name: string, value: number): OneValue {
  if (Number.isFinite(value) && Math.abs(value) <= Number.MAX_SAFE_INTEGER) return { kind: 'value', value };
  return unknown(`${name} is not finite, or too large to be compared exactly`);
}
