import type { Arms, MetricSourceProvider } from '@slipway/provider-kit';
import { TerminalError, unlessAborted } from '@slipway/provider-kit';
import { Client } from 'pg';
import { sampleOf } from '../common/read-arms.ts';
import { errorOf } from './error-of.ts';
import { readingOfRows } from './reading-of-rows.ts';
import type { SqlQuery } from './schema.ts';
import { sqlQuerySchema } from './schema.ts';

/** Reads counts, or a gauge, from PostgreSQL: both versions in one read-only snapshot. Each reading has a connection of its own. */
export const sqlMetricSource: MetricSourceProvider<SqlQuery, 'secret'> = {
  kind: 'metric-source',
  name: 'sql',
  schema: sqlQuerySchema,
  needs: ['secret'],
  async read(query, arms, context) {
    context.signal.throwIfAborted();
    const connection = (await context.secret(query.connection)).trim();
    const limit = AbortSignal.timeout(query.timeout);
    const signal = AbortSignal.any([context.signal, limit]);
    const client = clientFor(connection, query.timeout);
    try {
      const [fresh, old] = await unlessAborted(inSnapshot(client, query, arms), signal);
      const at = context.now();
      const freshness = { now: at, fresh: query.fresh };
      const readingOf = (rows: typeof fresh) => readingOfRows(query, rows, freshness);
      return sampleOf(readingOf(fresh), old === null ? null : readingOf(old), at);
    } catch (error) {
      context.signal.throwIfAborted();
      throw errorOf(error, limit.aborted);
    } finally {
      // A query that still runs is ended with its connection, by the server's own limit at the latest.
      void client.end().catch(() => undefined);
      client.connection.stream.destroy();
    }
  },
};

/** Throws TerminalError for a text that is no URL of a database, without showing it. */
function clientFor(connection: string, timeout: number): Client {
  if (!/^postgres(ql)?:\/\//.test(connection) || !URL.canParse(connection)) throw new TerminalError(NO_URL);
  try {
    const client = new Client({
      connectionString: connection,
      connectionTimeoutMillis: timeout,
      application_name: 'slipway',
    });
    // The failure of a connection that nobody waits for any more.
    client.on('error', () => undefined);
    return client;
  } catch {
    throw new TerminalError(NO_URL);
  }
}

const NO_URL = 'the secret in connection is no URL of a database: write postgresql://user:password@host/database';

/** `repeatable read`: both versions are counted at one moment. */
async function inSnapshot(client: Client, { query, timeout }: SqlQuery, { newVersion, oldVersion }: Arms) {
  await client.connect();
  boundAnswers(client);
  await client.query('begin transaction isolation level repeatable read, read only');
  const rows = async (version: string) => {
    // Once more: the secret's URL may say otherwise, and so may what the query before it did.
    await client.query(`set local statement_timeout = ${timeout}`);
    // With a value beside it PostgreSQL takes one statement alone.
    return await client.query({ text: query, values: [version] });
  };
  const fresh = await rows(newVersion);
  const old = oldVersion === null ? null : await rows(oldVersion);
  await client.query('rollback');
  return [fresh, old] as const;
}

/** Bytes that the answers to a reading may have: two rows and what is said around them take less than one thousand. */
const MAX_BYTES = 1_000_000;

/** The driver keeps all that comes until a query ends: rows without end would fill the server's memory. */
function boundAnswers({ connection: { stream } }: Client): void {
  let bytes = 0;
  stream.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > MAX_BYTES) stream.destroy(new TerminalError(TOO_MUCH));
  });
}

const TOO_MUCH = 'the query gives more than 1 MB: it must give one row, with the counts or the value only';
