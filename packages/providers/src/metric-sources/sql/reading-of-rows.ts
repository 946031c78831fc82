import type { QueryResult } from 'pg';
import type { ArmReading } from '../common/counts-reading.ts';
import { countsReading, UNNAMED_BOOT, without } from '../common/counts-reading.ts';
import type { Freshness } from '../common/fresh.ts';
import { gaugeReading } from '../common/gauge-reading.ts';
import type { SqlQuery } from './schema.ts';

/** Type ids of pg_type: int8, int2, int4, float4, float8, numeric. The driver gives the wide ones as texts. */
const NUMBERS: ReadonlySet<number> = new Set([20, 21, 23, 700, 701, 1700]);

/** date, timestamp: the driver would read them in the time zone of this server. */
const ZONELESS: ReadonlySet<number> = new Set([1082, 1114]);

/** What the rows for one version say. No row is a version that was never met; more than one is no answer. */
export function readingOfRows(
  { value }: Pick<SqlQuery, 'value'>,
  result: QueryResult<Readonly<Record<string, unknown>>>,
  freshness: Freshness,
): ArmReading {
  const [row, ...more] = result.rows;
  if (row === undefined)
    return { reading: { kind: 'unseen', reason: 'the query gives no row for this version' }, boot: UNNAMED_BOOT };
  if (more.length > 0)
    return without(`the query gives ${more.length + 1} rows: it must give one, so leave out group by`);
  if (ZONELESS.has(typeOf(result, 'at'))) return without('at has no time zone: give a timestamptz');
  if (value !== undefined) {
    const said = { name: value, value: numberIn(result, row, value), at: row['at'] };
    return { reading: gaugeReading(said, freshness), boot: UNNAMED_BOOT };
  }
  const bad = numberIn(result, row, 'bad');
  const total = numberIn(result, row, 'total');
  return countsReading({ bad, total, at: row['at'], boot: row['boot'] }, freshness);
}

/** A column's value as a number where its type is one; a text stays what it is, however it looks. */
function numberIn(result: QueryResult, row: Readonly<Record<string, unknown>>, name: string): unknown {
  const value = row[name];
  return typeof value === 'string' && NUMBERS.has(typeOf(result, name)) ? Number(value) : value;
}

const typeOf = ({ fields }: QueryResult, name: string): number =>
  fields.find((field) => field.name === name)?.dataTypeID ?? 0;
