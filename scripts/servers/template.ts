import { createPgBossQueue, createSystemClock, openPostgresDatabase } from '@slipway/engine';
import { withClient } from './with-client.ts';

/** Makes a database with all of Slipway's tables in it, to be copied by every test: that takes some 50 ms, and making them anew a second. */
export async function createTemplate(server: string, name: string): Promise<void> {
  await withClient(server, async (client) => await client.query(`create database ${name}`));
  const url = databaseUrl(server, name);
  const database = await openPostgresDatabase(url);
  const queue = await createPgBossQueue({ database, url, clock: createSystemClock() });
  await queue.stop();
  await database.close();
}

/** Removes the databases whose names begin with `prefix`, whoever is still connected. */
export async function dropDatabases(server: string, prefix: string): Promise<void> {
  await withClient(server, async (client) => {
    const { rows } = await client.query<{ name: string }>(
      'select datname as name from pg_database where starts_with(datname, $1)',
      [prefix],
    );
    for (const { name } of rows) await client.query(`drop database if exists ${name} with (force)`);
  });
}

function databaseUrl(server: string, name: string): string {
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}
