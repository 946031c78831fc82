import { createHash } from 'node:crypto';
import { createOwnConnection } from '../store/postgres/own-connection.ts';
import { postgresAddress } from '../store/postgres/postgres-address.ts';

/** An advisory lock by which a process is known to live: PostgreSQL frees it when the process is gone. */
export interface LifeLock {
  readonly space: number;
  /** The process' own number, above 0. */
  readonly process: number;
}

/** The connection that holds it. */
export interface LifeConnection {
  /** Resolves, with the reason, when the lock is not held any more. */
  readonly broken: Promise<unknown>;
  /** For who knows more than the connection does. */
  breakOff(reason: unknown): void;
  close(): Promise<void>;
}

/** Numbers of both halves of a lock stay below this: PostgreSQL shows them without a sign. */
export const MOST_LOCKS = 2 ** 31;

/** The space of the locks of those who share a schema: several Slipways may share a database. */
export function lockSpace(schema: string): number {
  return createHash('sha256').update(`slipway ${schema}`).digest().readUInt32BE() % MOST_LOCKS;
}

/**
 * Of a machine that vanished without a word the server hears after some ten seconds, as the heartbeat does; its own defaults take two
 * hours. In seconds, and in milliseconds for what was sent and not received.
 */
const KEEPALIVE =
  'set tcp_keepalives_idle = 4; set tcp_keepalives_interval = 2; set tcp_keepalives_count = 3; set tcp_user_timeout = 10000';

/**
 * Shared, so that nobody ever waits for it: a broken connection of ours may hold it still on the server, unheard of there.
 * `patience`: milliseconds that it may take. Rejects with StorageError.
 */
export async function holdLifeLock(url: string, lock: LifeLock, patience: number): Promise<LifeConnection> {
  const to = { url, address: postgresAddress(url), application: 'slipway life', patience };
  const { client, broken, open, breakOff } = createOwnConnection(to);
  await open(`${KEEPALIVE}; select pg_advisory_lock_shared(${lock.space}, ${lock.process})`);
  return { broken, breakOff, close: async () => await client.end() };
}
