import { TerminalError, unlessAborted } from '@slipway/provider-kit';
import type { QueryResult } from 'pg';
import { Client } from 'pg';
import { errorOf } from './error-of.ts';

/** Which database is asked, and within what bounds. */
export interface Reading {
  /** The plan's key that names the secret, for messages. */
  readonly key: string;
  /** The secret: a URL, postgresql://user:password@host/database. */
  readonly url: string;
  /** Milliseconds that all of it may take, connecting included. */
  readonly timeout: number;
  readonly signal: AbortSignal;
  /** Bytes that all answers together may have. */
  readonly maxBytes: number;
  /** What is said where they have more. */
  readonly tooMuch: string;
}

export type Row = Readonly<Record<string, unknown>>;
/** Asks one statement, with values for $1, $2, ... */
export type Ask = (text: string, values?: readonly unknown[]) => Promise<QueryResult<Row>>;

/**
 * Asks PostgreSQL in one read-only snapshot (`repeatable read`: all that is asked is of one moment), by a connection of its own.
 * Throws TerminalError or RetryableError in words of ours, with no secret in them; the signal's reason where it aborts.
 */
export async function readOnly<T>(reading: Reading, work: (ask: Ask) => Promise<T>): Promise<T> {
  reading.signal.throwIfAborted();
  const limit = AbortSignal.timeout(reading.timeout);
  const signal = AbortSignal.any([reading.signal, limit]);
  const client = clientFor(reading);
  try {
    return await unlessAborted(inSnapshot(client, reading, work), signal);
  } catch (error) {
    reading.signal.throwIfAborted();
    throw errorOf(error, { key: reading.key, tookTooLong: limit.aborted });
  } finally {
    // A query that still runs is ended with its connection, by the server's own limit at the latest.
    void client.end().catch(() => undefined);
    client.connection.stream.destroy();
  }
}

/** Throws TerminalError for a text that is no URL of a database, without showing it. */
function clientFor({ key, url, timeout }: Reading): Client {
  const connectionString = url.trim();
  const noUrl = `the secret in ${key} is no URL of a database: write postgresql://user:password@host/database`;
  if (!/^postgres(ql)?:\/\//.test(connectionString) || !URL.canParse(connectionString)) throw new TerminalError(noUrl);
  try {
    const client = new Client({ connectionString, connectionTimeoutMillis: timeout, application_name: 'slipway' });
    // The failure of a connection that nobody waits for any more.
    client.on('error', () => undefined);
    return client;
  } catch {
    throw new TerminalError(noUrl);
  }
}

async function inSnapshot<T>(client: Client, reading: Reading, work: (ask: Ask) => Promise<T>): Promise<T> {
  await client.connect();
  boundAnswers(client, reading);
  await client.query('begin transaction isolation level repeatable read, read only');
  const done = await work(async (text, values = []) => {
    // Once more: the secret's URL may say otherwise, and so may what the query before it did.
    await client.query(`set local statement_timeout = ${reading.timeout}`);
    // In the extended protocol PostgreSQL takes one statement alone.
    const query = { text, values: [...values], queryMode: 'extended' };
    return await client.query<Row>(query);
  });
  await client.query('rollback');
  return done;
}

/** The driver keeps all that comes until a query ends: rows without end would fill the server's memory. */
function boundAnswers({ connection: { stream } }: Client, { maxBytes, tooMuch }: Reading): void {
  let bytes = 0;
  stream.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > maxBytes) stream.destroy(new TerminalError(tooMuch));
  });
}
