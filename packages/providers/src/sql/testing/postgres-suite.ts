import { once } from 'node:events';
import { createServer } from 'node:net';
import { portOf, refusedUrl } from '@slipway/provider-kit/testing';
import { afterAll, beforeAll, describe } from 'vitest';
import type { TestPostgres } from '../../../../../scripts/servers/postgres.ts';
import { findPostgres, startPostgres } from '../../../../../scripts/servers/postgres.ts';
import { withClient } from '../../../../../scripts/servers/with-client.ts';

export const PASSWORD = 'readers-password';

/** A real PostgreSQL with a role `reader` that may read what it is granted. */
export interface PostgresSuite {
  /** Runs SQL as the superuser, in a database of that server. */
  readonly runSql: (sql: string, database?: string) => Promise<void>;
  /** The URL for the reader. */
  readonly urlOf: (database?: string) => string;
  /** DATABASE (the reader's), WRONG (a wrong password), REFUSED (nobody there), SILENT (takes connections and says nothing). */
  readonly secrets: Record<string, string>;
  /** Connections to the one that says nothing. */
  readonly waiting: () => number;
}

/** A suite with a server of its own; skipped where PostgreSQL is not installed. `begin`: what its database has. */
export function describeWithPostgres(begin: string, tests: (suite: PostgresSuite) => void): void {
  const programs = findPostgres();
  const why = programs === null ? ' (skipped: PostgreSQL 15 or newer is not installed)' : '';
  describe.skipIf(programs === null)(`with a real PostgreSQL${why}`, () => {
    let postgres: TestPostgres;
    let connections = 0;
    const silent = createServer(() => void (connections += 1));
    const secrets: Record<string, string> = {};
    const databaseUrl = (database: string) => Object.assign(new URL(postgres.url), { pathname: `/${database}` }).href;
    const runSql = async (sql: string, database = 'postgres') =>
      await withClient(databaseUrl(database), async (client) => void (await client.query(sql)));
    const urlOf = (database = 'postgres') =>
      Object.assign(new URL(databaseUrl(database)), { username: 'reader', password: PASSWORD }).href;
    const urlAt = (host: string) => `postgresql://reader:${PASSWORD}@${host}/postgres`;

    beforeAll(async () => {
      postgres = await startPostgres(programs ?? '');
      await runSql(`create role reader login password '${PASSWORD}'; ${begin}`);
      silent.listen(0, '127.0.0.1');
      await once(silent, 'listening');
      Object.assign(secrets, {
        DATABASE: urlOf(),
        WRONG: urlOf().replace(PASSWORD, 'another-password'),
        REFUSED: urlAt(new URL(await refusedUrl()).host),
        SILENT: urlAt(`127.0.0.1:${portOf(silent.address() as { port: number })}`),
      });
    }, 60_000);

    afterAll(async () => {
      silent.close();
      await postgres[Symbol.asyncDispose]();
    });

    tests({ runSql, urlOf, secrets, waiting: () => connections });
  });
}
