import pg from 'pg';
import type { Clock } from '../../ports/clock.ts';
import { explainPostgres } from './explain-postgres.ts';

/** Milliseconds that the connection may take to open or to answer. */
const PATIENCE = 10_000;
/** Milliseconds between two looks whether it still lives: a network may swallow it without a word. */
const HEARTBEAT = 10_000;

export interface ListeningTo {
  readonly url: string;
  /** See postgresAddress. */
  readonly address: string;
  readonly channel: string;
  readonly clock: Clock;
  readonly onNotice: (payload: string) => void;
}

/** A connection that hears one channel. */
export interface Listening {
  /** Resolves, with the reason, when the connection is broken or was closed. */
  readonly broken: Promise<unknown>;
  close(): Promise<void>;
}

/** Resolves when the channel is heard. Rejects with StorageError. */
export async function startListening({ url, address, channel, clock, onNotice }: ListeningTo): Promise<Listening> {
  const client = new pg.Client({
    connectionString: url,
    application_name: 'slipway changes',
    connectionTimeoutMillis: PATIENCE,
    query_timeout: PATIENCE,
    keepAlive: true,
  });
  const over = new AbortController();
  const { promise: broken, resolve } = Promise.withResolvers<unknown>();
  const breakOff = (reason: unknown): void => {
    over.abort();
    resolve(explainPostgres(reason, address));
    void client.end().catch(() => {});
  };
  client.on('error', breakOff);
  client.on('end', () => breakOff(new Error('Connection terminated')));
  client.on('notification', ({ payload = '' }) => onNotice(payload));
  try {
    await client.connect();
    await client.query(`listen ${pg.escapeIdentifier(channel)}`);
  } catch (error) {
    breakOff(error);
    throw explainPostgres(error, address);
  }
  void beat(client, clock, over.signal).catch(breakOff);
  return {
    broken,
    close: async () => {
      over.abort();
      await client.end();
    },
  };
}

async function beat(client: pg.Client, clock: Clock, over: AbortSignal): Promise<void> {
  for (;;) {
    await clock.sleep(HEARTBEAT, over);
    if (over.aborted) return;
    await client.query('select 1');
  }
}
