import type { Arms, MetricSourceProvider } from '@slipway/provider-kit';
import type { Ask } from '../../sql/read-only.ts';
import { readOnly } from '../../sql/read-only.ts';
import { sampleOf } from '../common/read-arms.ts';
import { readingOfRows } from './reading-of-rows.ts';
import type { SqlQuery } from './schema.ts';
import { sqlQuerySchema } from './schema.ts';

/** Bytes that the answers to a reading may have: two rows and what is said around them take less than one thousand. */
const MAX_BYTES = 1_000_000;
const TOO_MUCH = 'the query gives more than 1 MB: it must give one row, with the counts or the value only';

/** Reads counts, or a gauge, from PostgreSQL: both versions in one read-only snapshot. Each reading has a connection of its own. */
export const sqlMetricSource: MetricSourceProvider<SqlQuery, 'secret'> = {
  kind: 'metric-source',
  name: 'sql',
  schema: sqlQuerySchema,
  needs: ['secret'],
  async read(query, arms, context) {
    context.signal.throwIfAborted();
    const url = await context.secret(query.connection);
    const { timeout } = query;
    const reading = {
      key: 'connection',
      url,
      timeout,
      signal: context.signal,
      maxBytes: MAX_BYTES,
      tooMuch: TOO_MUCH,
    };
    return await readOnly(reading, async (ask) => {
      const [fresh, old] = await rowsOf(ask, query, arms);
      const at = context.now();
      const freshness = { now: at, fresh: query.fresh };
      const readingOf = (rows: typeof fresh) => readingOfRows(query, rows, freshness);
      return sampleOf(readingOf(fresh), old === null ? null : readingOf(old), at);
    });
  },
};

async function rowsOf(ask: Ask, { query }: SqlQuery, { newVersion, oldVersion }: Arms) {
  const fresh = await ask(query, [newVersion]);
  const old = oldVersion === null ? null : await ask(query, [oldVersion]);
  return [fresh, old] as const;
}
