import { RetryableError, TerminalError } from '@slipway/provider-kit';
import {
  contextFor,
  createTestContext,
  describeCheckConformance,
  expectNoSecrets,
  rejectionOf,
} from '@slipway/provider-kit/testing';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { describeWithPostgres, PASSWORD } from '../../sql/testing/postgres-suite.ts';
import { dataCompareCheck } from './index.ts';

/** Values that would be written otherwise by another zone, style or precision. */
const ROWS = `n, 'note ' || n, timestamptz '2026-01-01 10:00+02' + n * interval '1 hour', n / 3.0::float8,
  interval '1 day 2 hours', decode('00ff', 'hex'), case when n % 2 = 0 then null else '' end`;
const orders = (schema: string) => `create table ${schema}.orders (id int primary key, note text, at timestamptz,
  share float8, lasts interval, raw bytea, empty text)`;
const FILL = (from: number, to: number, order: string) =>
  `insert into public.orders select ${ROWS} from generate_series(${from}, ${to}) n order by n ${order}`;

describeWithPostgres(
  `${orders('public')}; ${FILL(1, 1000, 'asc')};
   create schema app; create table app.users (id int, name text); insert into app.users values (1, 'a'), (1, 'a'), (2, null);
   create table app.sessions (id int); create table app.lost (id int);
   grant usage on schema app to reader; grant select on all tables in schema public, app to reader`,
  ({ secrets, runSql, urlOf, waiting }) => {
    beforeAll(async () => {
      // Another zone and style, another order of columns and rows.
      await runSql(`create database copy`);
      await runSql(
        `alter database copy set timezone = 'Asia/Tokyo'; alter database copy set datestyle = 'German';
         alter database copy set intervalstyle = 'postgres_verbose'; alter database copy set extra_float_digits = -5;
         alter database copy set bytea_output = 'escape'`,
      );
      await runSql(
        `create table orders (empty text, raw bytea, lasts interval, share float8, at timestamptz, note text, id bigint primary key);
         insert into orders select case when n % 2 = 0 then null else '' end, decode('00ff', 'hex'), interval '1 day 2 hours',
           n / 3.0::float8, timestamptz '2026-01-01 10:00+02' + n * interval '1 hour', 'note ' || n, n
           from generate_series(1, 1000) n order by n desc;
         create schema app; create table app.users (name text, id int) partition by list (id);
         create table app.users_1 partition of app.users for values in (1);
         create table app.users_2 partition of app.users default;
         insert into app.users values (null, 2), ('a', 1), ('a', 1);
         create table app.sessions (id int); insert into app.sessions values (1);
         grant usage on schema app to reader; grant select on all tables in schema public, app to reader`,
        'copy',
      );
      secrets['COPY'] = urlOf('copy');
    });

    const PLACES = { source: { env: 'DATABASE' }, target: { env: 'COPY' } };
    const check = async (config: object) =>
      await dataCompareCheck.run(
        dataCompareCheck.schema.parse({ ...PLACES, ...config }),
        contextFor(dataCompareCheck.needs, createTestContext({ secrets })),
      );

    describeCheckConformance(dataCompareCheck, async () => {
      const before = waiting();
      return {
        context: { secrets },
        passing: { ...PLACES, tables: ['orders', 'app.users'] },
        failing: { ...PLACES, schema: 'app' },
        cannotAsk: { ...PLACES, target: { env: 'WRONG' }, tables: ['orders'] },
        endless: {
          config: { ...PLACES, target: { env: 'SILENT' }, tables: ['orders'] },
          begun: async () => void (await vi.waitUntil(() => waiting() > before)),
        },
        [Symbol.asyncDispose]: async () => undefined,
      };
    });

    it('finds the same rows the same, in any order of rows and columns, zone and style', async () => {
      const { verdict, evidence } = await check({ tables: ['orders', 'app.users'] });
      expect(verdict).toBe('pass');
      expect(evidence.summary).toBe('All 2 tables are the same in source and target');
      expect(evidence.items[0]).toMatchObject({
        asked: 'table public.orders',
        found: expect.stringMatching(/^1000 rows, checksum -?\d+\/-?\d+$/),
      });
    });

    it('does not compare a database with itself, whatever way it comes there', async () => {
      secrets['AGAIN'] = `${urlOf()}?application_name=again`;
      const error = await rejectionOf(check({ target: { env: 'AGAIN' }, tables: ['orders'] }));
      expect(error).toBeInstanceOf(TerminalError);
      expect(String(error)).toContain('are the same database: check the two secrets');
    });

    it('compares all tables of a schema, and lists what differs', async () => {
      const { verdict, evidence } = await check({ schema: 'app' });
      expect(verdict).toBe('fail');
      expect(
        evidence.items.map(({ asked, found, verdict: own }) => [asked, found.split(', checksum')[0], own]),
      ).toEqual([
        ['table app.lost', 'not in the target', 'fail'],
        ['table app.sessions', '1 rows', 'fail'],
        ['table app.users', '3 rows', 'pass'],
      ]);
      expect((await check({ schema: 'app', except: ['lost', 'app.sessions'] })).verdict).toBe('pass');
    });

    /** Changes the copy, and takes it back. */
    const withChange = async (change: string, undo: string, look: () => Promise<void>) => {
      await runSql(change, 'copy');
      try {
        await look();
      } finally {
        await runSql(undo, 'copy');
      }
    };
    const NOTE = (id: number, note: string) => `update orders set note = '${note}' where id = ${id}`;

    it.each([
      ['one letter', NOTE(7, 'Note 7'), NOTE(7, 'note 7')],
      [
        'two values that change places',
        `${NOTE(7, 'note 8')}; ${NOTE(8, 'note 7')}`,
        `${NOTE(7, 'note 7')}; ${NOTE(8, 'note 8')}`,
      ],
      [
        'nothing in place of an empty text',
        'update orders set empty = null where id = 1',
        "update orders set empty = '' where id = 1",
      ],
      [
        'a row twice for another',
        "delete from app.users; insert into app.users values ('a', 1), (null, 2), (null, 2)",
        "delete from app.users; insert into app.users values (null, 2), ('a', 1), ('a', 1)",
      ],
      [
        'a row too few',
        'delete from orders where id = 7',
        `insert into orders select case when n % 2 = 0 then null else '' end, decode('00ff', 'hex'), interval '1 day 2 hours', n / 3.0::float8, timestamptz '2026-01-01 10:00+02' + n * interval '1 hour', 'note ' || n, n from generate_series(7, 7) n`,
      ],
      ['a column more', 'alter table orders add more int', 'alter table orders drop more'],
    ])('finds %s', async (_, change, undo) => {
      await withChange(change, undo, async () => {
        expect((await check({ tables: ['orders', 'app.users'] })).verdict).toBe('fail');
      });
      expect((await check({ tables: ['orders', 'app.users'] })).verdict).toBe('pass');
    });

    it('counts only, where it is told to', async () => {
      await withChange(NOTE(7, 'other'), NOTE(7, 'note 7'), async () => {
        const { verdict, evidence } = await check({ tables: ['orders'], checksums: false });
        expect(verdict).toBe('pass');
        expect(evidence.items[0]?.found).toBe('1000 rows, checksum not asked');
      });
    });

    it('compares the same sample of a big table in both, and names it', async () => {
      const sample = { above: 999, share: 0.2 };
      const { verdict, evidence } = await check({ tables: ['orders', 'app.users'], sample });
      expect(verdict).toBe('pass');
      expect(evidence.summary).toContain('(1 by a sample of the rows)');
      const [, rows] = / of a sample of (\d+) rows$/.exec(evidence.items[0]?.found ?? '') ?? [];
      expect(Number(rows)).toBeGreaterThan(140);
      expect(Number(rows)).toBeLessThan(260);
      expect(evidence.items[1]?.found).not.toContain('sample');
      await withChange(`update orders set note = note || '!'`, `update orders set note = left(note, -1)`, async () => {
        expect((await check({ tables: ['orders'], sample })).verdict).toBe('fail');
      });
    });

    it('does not pass a table that is in neither', async () => {
      const { verdict, evidence } = await check({ tables: ['nothing'] });
      expect([verdict, evidence.items[0]?.found]).toEqual(['fail', 'in neither database']);
    });

    it('refuses to compare rows of which some are hidden', async () => {
      await runSql('alter table orders enable row level security');
      try {
        expect(String(await rejectionOf(check({ tables: ['orders'] })))).toMatch(/row-level security|42501/);
      } finally {
        await runSql('alter table orders disable row level security');
      }
    });

    it.each([
      ['a wrong password of the source', { source: { env: 'WRONG' } }, TerminalError, /check the secret in source/],
      ['a wrong password of the target', { target: { env: 'WRONG' } }, TerminalError, /check the secret in target/],
      ['a target that nobody answers at', { target: { env: 'REFUSED' } }, RetryableError, /host in target right/],
      ['an empty schema', { schema: 'nothing', tables: undefined }, TerminalError, /has no table in either/],
      ['a target that does not answer', { target: { env: 'SILENT' }, timeout: '300ms' }, RetryableError, /in time/],
    ])('throws for %s, and shows no secret', async (_, config, kind, says) => {
      const error = await rejectionOf(check({ tables: ['orders'], ...config }));
      expect(error).toBeInstanceOf(kind);
      expect(String(error)).toMatch(says);
      expectNoSecrets(error, { PASSWORD });
    });
  },
);

describe('data-compare check', () => {
  const PLACES = { source: { env: 'A' }, target: { env: 'B' } };
  it.each([
    PLACES,
    { ...PLACES, tables: [] },
    { ...PLACES, tables: ['a'], schema: 'b' },
    { ...PLACES, tables: ['a; drop table b'] },
    { ...PLACES, schema: 'a.b' },
    { ...PLACES, tables: ['a'], sample: { above: 5, share: 1 } },
    { ...PLACES, tables: ['a'], source: 'postgresql://a:b@c/d' },
  ])('refuses %j', (config) => {
    expect(dataCompareCheck.schema.safeParse(config).success).toBe(false);
  });
});
