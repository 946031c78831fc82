import { Client } from 'pg';
import type { TestPostgres } from '../../scripts/servers/postgres.ts';
import { Child } from '../process/child.ts';
import { onFile, onPostgres } from './databases.ts';
import type { EngineOrder } from './order.ts';

/** An engine on a database of its own. */
export interface Side {
  readonly label: string;
  /** Begins to work; again with the same state, after its process has died, say. */
  readonly start: (signal: AbortSignal) => Promise<Child>;
}

const ENGINE = new URL('engine-child.ts', import.meta.url);
const DBOS = new URL('dbos-child.ts', import.meta.url);

/** Slipway on a database file, and where there is a PostgreSQL on a new database there. */
export async function slipwaySides(
  postgres: TestPostgres | null,
  folder: string,
  name: string,
): Promise<readonly Side[]> {
  const file = slipwayOn('Slipway, database file', onFile(folder));
  if (postgres === null) return [file];
  await createDatabase(postgres, name);
  return [file, slipwayOn('Slipway, PostgreSQL', onPostgres(postgres, name, folder))];
}

/** DBOS on a new database of the same server. */
export async function dbosSide(postgres: TestPostgres, folder: string): Promise<Side> {
  await createDatabase(postgres, 'bench_dbos');
  const order = onPostgres(postgres, 'bench_dbos', folder);
  return { label: 'DBOS, PostgreSQL', start: (signal) => Child.start(DBOS, { order, signal }) };
}

function slipwayOn(label: string, order: EngineOrder): Side {
  const start = async (signal: AbortSignal): Promise<Child> => {
    const child = await Child.start(ENGINE, { order, signal });
    try {
      await child.ask('open');
    } catch (error) {
      await child[Symbol.asyncDispose]();
      throw error;
    }
    return child;
  };
  return { label, start };
}

/** A new one on the server. */
export async function createDatabase(postgres: TestPostgres, name: string): Promise<void> {
  const client = new Client({ connectionString: postgres.url });
  await client.connect();
  try {
    await client.query(`create database ${name}`);
  } finally {
    await client.end();
  }
}
