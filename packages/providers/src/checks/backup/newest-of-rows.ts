import type { QueryResult } from 'pg';
import { oneValue } from '../../sql/one-value.ts';
import type { Row } from '../../sql/read-only.ts';
import type { Newest } from './newest.ts';
import { none, sizeOf } from './newest.ts';

/** What a query says of the newest backup. */
export function newestOfRows(result: QueryResult<Row>): Newest {
  const at = oneValue(result, 'at');
  if (at.kind === 'unknown') return none(at.reason === 'NULL' ? 'no backup is listed' : at.reason);
  if (!(at.value instanceof Date)) return none('at is no time: give a timestamptz');
  const size = result.fields.some(({ name }) => name === 'size') ? oneValue(result, 'size') : null;
  const bytes = size === null || size.kind === 'unknown' ? undefined : size.value;
  return { kind: 'found', name: 'listed in sql', at: at.value.getTime(), size: sizeOf(bytes) };
}
