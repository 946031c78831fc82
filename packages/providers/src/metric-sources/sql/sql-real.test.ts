import { createServer } from 'node:net';
import { once } from 'node:events';
import {
  describeGaugeConformance,
  describeMetricSourceConformance,
  expectNamedError,
  expectNoSecrets,
  portOf,
  refusedUrl,
  rejectionOf,
} from '@slipway/provider-kit/testing';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { TestPostgres } from '../../../../../scripts/servers/postgres.ts';
import { findPostgres, startPostgres } from '../../../../../scripts/servers/postgres.ts';
import { withClient } from '../../../../../scripts/servers/with-client.ts';
import { ARMS, readWith } from '../testing/read-with.ts';
import { sqlMetricSource } from './index.ts';

const PASSWORD = 'readers-password';
const COUNTS =
  'select count(*) filter (where failed) as bad, count(*) as total from orders where version = $1 group by version';

const programs = findPostgres();
const why = programs === null ? ' (skipped: PostgreSQL 15 or newer is not installed)' : '';
describe.skipIf(programs === null)(`with a real PostgreSQL${why}`, () => {
  let postgres: TestPostgres;
  /** Runs SQL as the superuser. */
  const runSql = async (sql: string) =>
    await withClient(postgres.url, async (client) => void (await client.query(sql)));
  const urlOf = (user: string, password: string, database = 'postgres') =>
    Object.assign(new URL(postgres.url), { username: user, password, pathname: `/${database}` }).href;
  const secrets: Record<string, string> = {};
  /** Takes connections and says nothing. */
  const silent = createServer(() => void (connections += 1));
  let connections = 0;

  beforeAll(async () => {
    postgres = await startPostgres(programs ?? '');
    await runSql(`
      create table orders (version text, failed boolean);
      insert into orders select v, n <= 2 from unnest(array['2.5.0', '2.4.0']) v, generate_series(1, 100) n;
      create role reader login password '${PASSWORD}';
      grant select on orders to reader;
      create table hidden (version text);
      create table writable (n int);
      grant all on writable to reader;
    `);
    silent.listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const refused = new URL(await refusedUrl()).port;
    Object.assign(secrets, {
      DATABASE: `${urlOf('reader', PASSWORD)}\n`,
      NO_LIMIT: `${urlOf('reader', PASSWORD)}?statement_timeout=0`,
      WRONG: urlOf('reader', 'another-password'),
      NOBODY: urlOf('no-such-user', PASSWORD),
      ELSEWHERE: urlOf('reader', PASSWORD, 'no-such-database'),
      REFUSED: `postgresql://reader:${PASSWORD}@127.0.0.1:${refused}/postgres`,
      SILENT: `postgresql://reader:${PASSWORD}@127.0.0.1:${portOf(silent.address() as { port: number })}/postgres`,
      NO_HOST: `postgresql://reader:${PASSWORD}@no-such-host.invalid/postgres`,
    });
  }, 60_000);

  afterAll(async () => {
    silent.close();
    await postgres[Symbol.asyncDispose]();
  });

  const counting = (query: string, env = 'DATABASE') => ({ connection: { env }, query });

  describeMetricSourceConformance(
    sqlMetricSource,
    async () => ({
      before: connections,
      context: { secrets },
      broken: { secrets: { DATABASE: secrets['WRONG'] ?? '' } },
      queries: [counting(COUNTS)] as const,
      arms: ARMS,
      more: async () => await runSql(`insert into orders select v, false from unnest(array['2.5.0', '2.4.0']) v`),
      [Symbol.asyncDispose]: async () => undefined,
    }),
    {
      'no answer in time': {
        query: () => ({ ...counting(COUNTS, 'SILENT'), timeout: '300ms' }),
        says: /did not answer in time: make the query faster, or raise timeout/,
        endless: {
          query: () => ({ ...counting(COUNTS, 'SILENT'), timeout: '5s' }),
          begun: async ({ before }) => void (await vi.waitUntil(() => connections > before)),
        },
      },
      'an empty answer': { query: () => counting(`${COUNTS} having false`), says: /gives no row for this version/ },
      'a number that is none': {
        query: () => counting("select 'NaN'::float8 as bad, 5 as total where $1 <> ''"),
        says: /bad is NaN: give/,
      },
      'a stale sample': {
        query: () => counting("select 1 as bad, 5 as total, now() - interval '5 minutes' as at where $1 <> ''"),
        says: /newest sample is 5m\S* old, older than fresh: 1m/,
      },
      'a wrong type': {
        query: () => counting("select '1' as bad, 5 as total where $1 <> ''"),
        says: /bad is a text, not a number: give/,
      },
      'refused credentials': {
        query: () => counting(COUNTS, 'WRONG'),
        says: /refuses the user or the password \(28P01\): check the secret in connection/,
      },
    },
  );

  const waiting = (columns: string) => ({
    ...counting(`select ${columns} where $1 <> ''`),
    value: 'waiting',
    unit: 'jobs',
  });
  const QUEUE = 'select depth as waiting from queue where version = $1';

  describeGaugeConformance(
    sqlMetricSource,
    async () => {
      await runSql(`
        drop table if exists queue;
        create table queue as select v as version, 9007199254740993 as depth from unnest(array['2.5.0', '2.4.0']) v;
        grant select on queue to reader;
      `);
      return {
        context: { secrets },
        query: { ...counting(QUEUE), value: 'waiting' },
        // A count of 64 bits comes as a text of digits, and is rounded as every number here.
        high: 9007199254740992,
        low: -3,
        arms: ARMS,
        fall: async () => await runSql('update queue set depth = -3'),
        [Symbol.asyncDispose]: async () => undefined,
      };
    },
    {
      nothing: { query: () => ({ ...counting(`${QUEUE} and false`), value: 'waiting' }), says: /gives no row/ },
      NaN: { query: () => waiting("'NaN'::numeric as waiting"), says: /waiting is NaN: give a finite number/ },
      'an infinite number': { query: () => waiting("'-infinity'::float8 as waiting"), says: /waiting is -Infinity/ },
      'a text': { query: () => waiting("'7'::text as waiting"), says: /waiting is a text, not a number/ },
      'a stale sample': {
        query: () => waiting("7 as waiting, now() - interval '5 minutes' as at"),
        says: /newest sample is 5m\S* old, older than fresh: 1m/,
      },
    },
  );

  it.each([
    ['int2', '7::int2'],
    ['int8', '7::int8'],
    ['numeric', '7.0::numeric'],
    ['float4', '7::float4'],
    ['float8', '7::float8'],
  ])('reads a gauge in %s', async (_, expression) => {
    const { new: fresh } = await readWith(sqlMetricSource, waiting(`${expression} as waiting`), { secrets });
    expect(fresh).toEqual({ kind: 'gauge', value: 7 });
  });

  it.each([
    ['another column', '7 as depth', /^waiting is not there: give a number/],
    ['NULL', 'null::int8 as waiting', /^waiting is null: give a number/],
    ['a time without its zone', '7 as waiting, current_date as at', /^at has no time zone/],
  ])('says what is wrong with a gauge in %s', async (_, columns, says) => {
    const { new: fresh } = await readWith(sqlMetricSource, waiting(columns), { secrets });
    expect(fresh).toEqual({ kind: 'missing', reason: expect.stringMatching(says) });
  });

  const read = async (query: string, env = 'DATABASE', rest: object = {}) =>
    await readWith(sqlMetricSource, { ...counting(query, env), ...rest }, { secrets });
  const row = (columns: string) => `select ${columns} where $1 <> ''`;

  it.each([
    ['int8', row('1::int8 as bad, 5::int8 as total')],
    ['int4', row('1::int4 as bad, 5::int4 as total')],
    ['int2', row('1::int2 as bad, 5::int2 as total')],
    ['numeric', row('1::numeric as bad, 5.0::numeric as total')],
    ['float8', row('1::float8 as bad, 5::float8 as total')],
    ['a time', row('1 as bad, 5 as total, now() as at')],
  ])('reads %s', async (_, query) => {
    expect((await read(query)).new).toEqual({ kind: 'ratio', bad: 1, total: 5 });
  });

  it('reads both versions in one snapshot', async () => {
    const same = "select 0 as bad, (extract(epoch from now()) * 1000000)::int8 as total where $1 <> ''";
    const { new: fresh, old } = await read(same);
    expect(fresh).toEqual(old);
  });

  it.each([
    [
      'many rows',
      'select 1 as bad, 5 as total from orders where version = $1',
      /^the query gives \d+ rows: it must give one/,
    ],
    ['NULL', row('sum(1) filter (where false) as bad, 5 as total'), /^bad is null: give 0/],
    ['no column', row('5 as total'), /^bad is not there/],
    ['a text', row("'5'::text as total, 1 as bad"), /^total is a text/],
    ['a truth', row('true as bad, 5 as total'), /^bad is a boolean/],
    ['a share', row('0.5 as bad, 5 as total'), /^bad is 0\.5, not a whole number/],
    [
      'a time without its zone',
      row("1 as bad, 5 as total, (now() at time zone 'utc')::timestamp as at"),
      /^at has no time zone: give a timestamptz/,
    ],
    ['a date', row('1 as bad, 5 as total, current_date as at'), /^at has no time zone/],
    ['a time that is null', row('1 as bad, 5 as total, null::timestamptz as at'), /^at is no time/],
    ['more bad than total', row('6 as bad, 5 as total'), /^bad is 6 and total is 5/],
  ])('says what is wrong with %s', async (_, query, says) => {
    expect((await read(query)).new).toEqual({ kind: 'missing', reason: expect.stringMatching(says) });
  });

  it('takes no row for a version that was never met', async () => {
    expect((await read(`${COUNTS} having false`)).new.kind).toBe('unseen');
  });

  it.each([
    ['no such user', 'NOBODY', COUNTS, /refuses the user or the password/],
    ['no such database', 'ELSEWHERE', COUNTS, /no such database \(3D000\)/],
    ['nobody there', 'REFUSED', COUNTS, /cannot be reached \(ECONNREFUSED\)/],
    ['no such host', 'NO_HOST', COUNTS, /cannot be reached \((ENOTFOUND|EAI_AGAIN)\)/],
    ['a syntax error', 'DATABASE', 'selec $1', /refuses the query: syntax error at or near "selec"/],
    ['no such table', 'DATABASE', 'select 1 as bad from nothing where $1', /refuses the query: relation "nothing"/],
    [
      'a table that is not its own',
      'DATABASE',
      'select 1 as bad from hidden where version = $1',
      /permission denied for table hidden\): grant/,
    ],
    [
      'a query that writes',
      'DATABASE',
      'insert into writable values (length($1)) returning 1 as bad, 2 as total',
      /would write .*read-only transaction/,
    ],
    ['two queries', 'DATABASE', 'select $1; drop table writable', /refuses the query: cannot insert multiple commands/],
    [
      'a division by zero',
      'DATABASE',
      "select 1/length('') as bad where $1 <> ''",
      /cannot work out the query \(22012\)/,
    ],
    [
      'very many rows',
      'DATABASE',
      "select 1 as bad, n as total from generate_series(1, 300000) n where $1 <> ''",
      /gives more than 1 MB: it must give one row/,
    ],
    [
      'one very long value',
      'DATABASE',
      "select 1 as bad, 5 as total, repeat('x', 30000000) as boot where $1 <> ''",
      /gives more than 1 MB/,
    ],
    ['a query that ends the transaction', 'DATABASE', 'commit -- $1', /PostgreSQL refused the reading \(08P01\)/],
    [
      'a query that makes the transaction writable',
      'DATABASE',
      "select set_config('transaction_read_only', 'off', false) where $1 <> ''",
      /would write .*read-write/,
    ],
    ['a query that takes too long', 'DATABASE', 'select pg_sleep(60), $1 as bad', /did not answer in time/],
  ])('says what is wrong with %s, and shows no secret', async (_, env, query, says) => {
    const error = await rejectionOf(read(query, env, { timeout: '1s' }));
    expectNamedError(error);
    expect(String(error)).toMatch(says);
    expectNoSecrets(error, { PASSWORD });
  });

  it.each(['DATABASE', 'NO_LIMIT'])('leaves no query behind that was broken off, by %s', async (env) => {
    await rejectionOf(read('select pg_sleep(61), $1 as bad', env, { timeout: '200ms' }));
    const left = async () => {
      const others = "query like 'select pg_sleep(61)%' and state = 'active' and $1 <> ''";
      const { new: reading } = await read(`select 0 as bad, count(*) as total from pg_stat_activity where ${others}`);
      return reading.kind === 'ratio' ? reading.total : null;
    };
    await expect.poll(left, { timeout: 5000 }).toBe(0);
  });
});

describe('sql metric source', () => {
  it.each(['not a url', 'mysql://a:top-secret@b/c', 'postgresql://a:top-secret@:x/', ''])(
    'refuses a secret that is no URL of a database, without showing it: %j',
    async (url) => {
      const query = { connection: { env: 'DATABASE' }, query: COUNTS };
      const error = await rejectionOf(readWith(sqlMetricSource, query, { secrets: { DATABASE: url } }));
      expect(String(error)).toMatch(/no URL of a database: write postgresql:/);
      expectNoSecrets(error, { password: 'top-secret' });
    },
  );

  it.each([
    {},
    { connection: 'postgresql://a:b@c/d', query: COUNTS },
    { connection: { env: 'A' }, query: 'select 1' },
    { connection: { env: 'A' }, query: 'select $10' },
    { connection: { env: 'A' }, query: COUNTS, quantile: 0.5 },
    { connection: { env: 'A' }, query: COUNTS, value: '' },
    { connection: { env: 'A' }, query: COUNTS, unit: 'jobs' },
  ])('refuses %j', (query) => {
    expect(sqlMetricSource.schema.safeParse(query).success).toBe(false);
  });
});
