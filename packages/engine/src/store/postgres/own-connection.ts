import pg from 'pg';
import { explainPostgres } from './explain-postgres.ts';

export interface OwnConnectionTo {
  readonly url: string;
  /** See postgresAddress. */
  readonly address: string;
  /** Its name among the server's connections. */
  readonly application: string;
  /** Milliseconds that the connection may take to open or to answer. */
  readonly patience: number;
}

/** A connection beside the pool, for what belongs to a session: channels that are heard, a lock that is held. */
export interface OwnConnection {
  readonly client: pg.Client;
  /** Resolves, with the reason, when the connection is broken or was closed. */
  readonly broken: Promise<unknown>;
  /** Connects and runs the statements that set it up. Rejects with StorageError, and the connection is broken. */
  readonly open: (sql: string) => Promise<void>;
  readonly breakOff: (reason: unknown) => void;
}

export function createOwnConnection({ url, address, application, patience }: OwnConnectionTo): OwnConnection {
  const client = new pg.Client({
    connectionString: url,
    application_name: application,
    connectionTimeoutMillis: patience,
    query_timeout: patience,
    keepAlive: true,
  });
  const { promise: broken, resolve } = Promise.withResolvers<unknown>();
  const breakOff = (reason: unknown): void => {
    resolve(explainPostgres(reason, address));
    void client.end().catch(() => {});
  };
  client.on('error', breakOff);
  client.on('end', () => breakOff(new Error('Connection terminated')));
  const open = async (sql: string): Promise<void> => {
    try {
      await client.connect();
      await client.query(sql);
    } catch (error) {
      breakOff(error);
      throw explainPostgres(error, address);
    }
  };
  return { client, broken, open, breakOff };
}
