import { Client } from 'pg';
import type { TestPostgres } from '../../scripts/servers/postgres.ts';
import { Child } from '../process/child.ts';
import { onFile, onPostgres } from './databases.ts';
import type { EngineOrder } from './order.ts';

/** Which engine, on which database. */
export interface Side {
  readonly label: string;
  readonly order: EngineOrder;
  readonly child: Child;
}

const ENGINE = new URL('engine-child.ts', import.meta.url);
const DBOS = new URL('dbos-child.ts', import.meta.url);

/** Slipway on its database file, and where there is a PostgreSQL on a new database there. All of them have begun to work. */
export async function slipwaySides(postgres: TestPostgres | null, folder: string, name: string): Promise<Side[]> {
  const sides = [await startSide('Slipway, database file', onFile(folder))];
  if (postgres === null) return sides;
  await createDatabase(postgres, name);
  sides.push(await startSide('Slipway, PostgreSQL', onPostgres(postgres, name, folder)));
  return sides;
}

/** The same order again: after its process has died, say. */
export async function startSide(label: string, order: EngineOrder): Promise<Side> {
  const child = await Child.start(ENGINE, order);
  await child.ask('open');
  return { label, order, child };
}

/** DBOS on a new database of the same server. */
export async function dbosSide(postgres: TestPostgres, folder: string): Promise<Side> {
  await createDatabase(postgres, 'bench_dbos');
  const order = onPostgres(postgres, 'bench_dbos', folder);
  return { label: 'DBOS, PostgreSQL', order, child: await Child.start(DBOS, order) };
}

async function createDatabase(postgres: TestPostgres, name: string): Promise<void> {
  const client = new Client({ connectionString: postgres.url });
  await client.connect();
  try {
    await client.query(`create database ${name}`);
  } finally {
    await client.end();
  }
}
