import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as pass } from 'node:timers/promises';
import { type Database, openPostgresDatabase, openSqliteDatabase } from '@slipway/engine';
import pg from 'pg';
import { dataFolder } from './world.ts';

/** Two databases are not made at the same moment: the later one asks again. */
const TRIES = 200;

/** Makes a database for one flight on the PostgreSQL of this URL, and gives its URL. */
export async function makeDatabase(server: string): Promise<string> {
  const url = new URL(server);
  url.pathname = `/torture_${randomBytes(6).toString('hex')}`;
  for (let tries = 1; ; tries += 1) {
    try {
      await ask(server, `create database ${url.pathname.slice(1)} template template0`);
      return url.href;
    } catch (error) {
      if (tries >= TRIES) throw error;
      await pass(20);
    }
  }
}

export async function dropDatabase(server: string, url: string): Promise<void> {
  await ask(server, `drop database ${new URL(url).pathname.slice(1)} with (force)`);
}

async function ask(server: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

/** What the server keeps of its launches. `url`: of a PostgreSQL; null: in the server's own folder. */
export function openState(folder: string, url: string | null): Promise<Database> {
  return url === null ? openSqliteDatabase(join(dataFolder(folder), 'slipway.db')) : openPostgresDatabase(url);
}
