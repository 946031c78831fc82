import pg from 'pg';

export interface PostgresOptions {
  /** The schema that holds Slipway's tables; made where there is none. */
  readonly schema?: string;
  /** How many connections at most. */
  readonly connections?: number;
  /** Milliseconds after which a statement is given up, by the server and, a little later, by us. */
  readonly statementTimeout?: number;
  /** Milliseconds that a new connection may take. */
  readonly connectTimeout?: number;
}

export const DEFAULT_SCHEMA = 'slipway';

/** How much later than the server we give a statement up, in milliseconds: it may be the network that is silent. */
const NETWORK = 5_000;

/** A pool of connections, none of which is opened yet. */
export function createPool(url: string, options: PostgresOptions): pg.Pool {
  const { schema = DEFAULT_SCHEMA, connections = 10, statementTimeout = 30_000, connectTimeout = 10_000 } = options;
  const setUp = async (client: pg.ClientBase): Promise<void> => {
    await client.query(`set search_path to ${pg.escapeIdentifier(schema)}`);
  };
  const pool = new pg.Pool({
    connectionString: url,
    application_name: 'slipway',
    max: connections,
    connectionTimeoutMillis: connectTimeout,
    statement_timeout: statementTimeout,
    query_timeout: statementTimeout + NETWORK,
    lock_timeout: statementTimeout,
    // A replica that was frozen in the middle of a transaction must not hold its locks for ever.
    idle_in_transaction_session_timeout: statementTimeout,
    keepAlive: true,
    // What a transaction asks together goes out together.
    pipeline: true,
    types: { getTypeParser },
    // The pool waits for what this gives, though its types do not say so.
    onConnect: setUp as (client: pg.ClientBase) => void,
  });
  // An idle connection that breaks is replaced; unheard, its error would end the process.
  pool.on('error', () => {});
  return pool;
}

/** Whole numbers of 64 bits as numbers: ours stay below 2^53. */
const getTypeParser: typeof pg.types.getTypeParser = (oid: number, format?: 'text' | 'binary') =>
  oid === pg.types.builtins.INT8 ? Number : pg.types.getTypeParser(oid, format as 'text');
