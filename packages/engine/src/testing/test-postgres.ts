import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { describe, inject } from 'vitest';
import { z } from 'zod';

const Answer = z.object({ url: z.string(), template: z.string(), prefix: z.string() });
const Provided = z.discriminatedUnion('is', [
  z.object({ is: z.literal('here'), ask: z.string() }),
  z.object({ is: z.literal('missing'), reason: z.string() }),
]);

/** What the run's global set-up provides; its key is not known to the types of this room. */
const provided = Provided.parse((inject as (key: string) => unknown)('postgres'));

/** Suites on PostgreSQL, skipped, with the reason in the name, where there is none. */
export const describeOnPostgres = (name: string, suites: () => void): void => {
  const reason = provided.is === 'here' ? '' : ` (skipped: ${provided.reason})`;
  describe.skipIf(reason !== '')(`${name}${reason}`, () => {
    suites();
  });
};

let asked: Promise<z.infer<typeof Answer>> | null = null;

async function server(): Promise<z.infer<typeof Answer>> {
  if (provided.is === 'missing') throw new Error(provided.reason);
  const { ask } = provided;
  asked ??= fetch(ask).then(async (response) => {
    if (!response.ok) throw new Error(await response.text());
    return Answer.parse(await response.json());
  });
  return await asked;
}

export interface TestDatabase extends AsyncDisposable {
  readonly url: string;
  readonly remove: () => Promise<void>;
}

/** Used by earlier tests of this file, and emptied. */
const spare: string[] = [];

/** A database with Slipway's tables and nothing in them, for one test. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const url = spare.pop() ?? (await create('with tables'));
  const remove = async () => {
    // Emptying takes 5 ms, making another one a hundred times as long. One that somebody still holds on to is given up.
    await empty(url).then(
      () => spare.push(url),
      () => {},
    );
  };
  return { url, remove, [Symbol.asyncDispose]: remove };
}

/** The URL of a database without a table, for one test. It is removed after the run: while a test is cut off in a log-in, that would take a minute. */
export async function createBareDatabase(): Promise<string> {
  return await create('bare');
}

async function create(what: 'with tables' | 'bare'): Promise<string> {
  const { url, template, prefix } = await server();
  const name = `${prefix}${randomBytes(6).toString('hex')}`;
  await retrying(() => asSuperuser(`create database ${name} template ${what === 'bare' ? 'template0' : template}`));
  const own = new URL(url);
  own.pathname = `/${name}`;
  return own.href;
}

/** Rejects where somebody still holds on to a table. */
async function empty(url: string): Promise<void> {
  const tables = [
    'slipway.event',
    'slipway.launch',
    'slipway.work',
    'slipway.lease',
    'slipway.lease_wait',
    'slipway.token',
    'slipway.flag_event',
    'slipway.flag_set',
    'slipway.flag_key',
    'slipway.flag_count',
    'slipway.flag_batch',
  ];
  const statements = [
    "set lock_timeout = '2s'",
    ...[...tables, 'slipway_queue.job'].map((table) => `delete from ${table}`),
    "delete from slipway.meta where key <> 'schema'",
    // A test in virtual time may have looked after its queue in what is the future for the next one.
    'update slipway_queue.queue set monitor_claim_on = null, monitor_on = null',
  ];
  await connected(url, async (client) => await client.query(statements.join('; ')));
}

/** What the server's superuser may do. */
export async function asSuperuser(sql: string, values: readonly unknown[] = []): Promise<readonly pg.QueryResultRow[]> {
  const { url } = await server();
  return (await connected(url, async (client) => await client.query<pg.QueryResultRow>(sql, [...values]))).rows;
}

async function connected<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Ends the connections to the database of this URL that carry this application name, as a network or an administrator would. */
export async function breakConnections(url: string, application: string): Promise<number> {
  // Waits until they are gone: a signal that was sent has not been followed yet.
  const sql =
    'select pg_terminate_backend(pid, 10000) from pg_stat_activity where datname = $1 and starts_with(application_name, $2)';
  return (await asSuperuser(sql, [nameOf(url), application])).length;
}

function nameOf(url: string): string {
  return new URL(url).pathname.slice(1);
}

/** Two copies of one template at the same moment: the later one is refused, and asks again. */
async function retrying(work: () => Promise<unknown>): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      await work();
      return;
    } catch (error) {
      if (tries >= 100) throw error;

      await delay(20);
    }
  }
}
