import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { findPostgres, startPostgres, type TestPostgres } from '../../scripts/servers/postgres.ts';
import type { EngineOrder } from './order.ts';

/** What a team would have: PostgreSQL's own defaults, so that what is committed survives a power cut. */
const DURABLE = { fsync: 'on', full_page_writes: 'on', synchronous_commit: 'on', shared_buffers: '128MB' };

/** Starts a PostgreSQL for the bench; null: it is not installed. */
export async function benchPostgres(): Promise<TestPostgres | null> {
  const programs = findPostgres();
  return programs === null ? null : await startPostgres(programs, DURABLE);
}

/** A new database file in the folder. */
export function onFile(folder: string): EngineOrder {
  const own = join(folder, randomBytes(6).toString('hex'));
  return { storage: { is: 'file', path: join(own, 'slipway.db') }, folder: own };
}

/** A database of that name on the server, made by whoever opens it with the rights to. */
export function onPostgres(server: TestPostgres, name: string, folder: string): EngineOrder {
  const url = new URL(server.url);
  url.pathname = `/${name}`;
  return { storage: { is: 'postgres', url: url.href }, folder };
}
