import { mkdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { RetryableError, TerminalError } from '@slipway/provider-kit';
import {
  contextFor,
  createTemporaryDirectory,
  createTestContext,
  describeCheckConformance,
  expectNoSecrets,
  rejectionOf,
} from '@slipway/provider-kit/testing';
import { describe, expect, it, vi } from 'vitest';
import { describeWithPostgres, PASSWORD } from '../../sql/testing/postgres-suite.ts';
import { backupCheck } from './index.ts';
import { timeOf } from './newest.ts';
import { expectationItem } from './restored-items.ts';
import { formatSize, size } from './size.ts';

const NOW = Date.parse('2026-11-24T10:00:00Z');
const HOUR = 3_600_000;

interface Backup {
  readonly name: string;
  /** Before NOW. */
  readonly hours: number;
  readonly bytes: number;
}

const backup = (name: string, hours: number, bytes = 1000): Backup => ({ name, hours, bytes });

async function check(config: object, files: readonly Backup[] = [], secrets: Readonly<Record<string, string>> = {}) {
  await using directory = await createTemporaryDirectory();
  await mkdir(join(directory.path, 'backups/folder.dump'), { recursive: true });
  for (const { name, hours, bytes } of files) {
    await mkdir(join(directory.path, 'backups', name, '..'), { recursive: true });
    await writeFile(join(directory.path, 'backups', name), 'x'.repeat(bytes));
    const at = (NOW - hours * HOUR) / 1000;
    await utimes(join(directory.path, 'backups', name), at, at);
  }
  const context = createTestContext({ directory: directory.path, secrets, now: () => NOW });
  return await backupCheck.run(backupCheck.schema.parse(config), contextFor(backupCheck.needs, context));
}

const shell = (script: string) => ({ argv: ['sh', '-c', script] });
const found = (result: Awaited<ReturnType<typeof check>>) => result.evidence.items.map((item) => item.found);

describe('backup check of files', () => {
  const FILE = { file: 'backups/*.dump' };

  it.each([
    ['a young one', [backup('a.dump', 5)], {}, 'pass', ['a.dump, 2026-11-24T05:00:00.000Z, 5h old']],
    ['one of the limit', [backup('a.dump', 24)], {}, 'pass', [/24h|1d old/]],
    ['an old one', [backup('a.dump', 25)], {}, 'fail', [/1d1h old/]],
    ['the newest of two', [backup('a.dump', 30), backup('b.dump', 1)], {}, 'pass', [/^b\.dump/]],
    ['none', [], {}, 'fail', ['no file matches']],
    ['one by another name', [backup('a.sql', 1)], {}, 'fail', ['no file matches']],
    ['one of the future', [backup('a.dump', -1)], {}, 'fail', [/in the future: compare the clocks/]],
    ['a clock a little fast', [backup('a.dump', -0.01)], {}, 'pass', [/0s old/]],
    ['one in a folder', [backup('day/a.dump', 1)], { file: 'backups/*/*.dump' }, 'pass', [/^a\.dump/]],
    ['one large enough', [backup('a.dump', 1, 2000)], { 'min-size': '2kB' }, 'pass', [/1h old/, '2kB']],
    ['one too small', [backup('a.dump', 1, 1999)], { 'min-size': '2kB' }, 'fail', [/1h old/, '1999B']],
    // The newest counts, though the one before would do.
    [
      'an empty newest',
      [backup('a.dump', 9, 2000), backup('b.dump', 1, 0)],
      { 'min-size': '1B' },
      'fail',
      [/^b/, '0B'],
    ],
    ['an empty one, though no size is asked for', [backup('a.dump', 1, 0)], {}, 'fail', [/^a/, '0B']],
    ['an empty one of at least nothing', [backup('a.dump', 1, 0)], { 'min-size': '0B' }, 'fail', [/^a/, '0B']],
    ['one by another limit', [backup('a.dump', 5)], { 'max-age': '4h' }, 'fail', [/5h old/]],
  ])('%s', async (_, files, config, verdict, wanted) => {
    const result = await check({ ...FILE, ...config }, files);
    expect(result.verdict).toBe(verdict);
    expect(found(result)).toEqual(wanted.map((each) => expect.stringMatching(each)));
  });
});

describe('backup check by a command', () => {
  it.each([
    ['a time', 'echo 2026-11-24T05:00:00Z', 'pass', [/^told by sh, 2026-11-24T05:00:00.000Z, 5h old/]],
    ['a time of another zone', 'echo 2026-11-24 10:30:00+0100', 'pass', [/30m old/]],
    ['a time after words', 'echo looking; echo 2026-11-24T05:00Z; echo done >&2', 'pass', [/5h old/]],
    ['JSON', `echo '{"at":"2026-11-24T05:00:00Z","size":5000}'`, 'pass', [/5h old/]],
    ['an old time', 'echo 2026-11-22T05:00:00Z', 'fail', [/2d5h old/]],
    ['a time without its zone', 'echo 2026-11-24T05:00:00', 'fail', [/printed no time/]],
    ['no time', 'echo yesterday', 'fail', [/printed no time/]],
    ['nothing', 'true', 'fail', [/printed no time/]],
    ['JSON without a time', `echo '{"size":5}'`, 'fail', [/no time in "at"/]],
    ['half a JSON', `echo '{"at":'`, 'fail', [/no time in "at"/]],
    ['a day that is none', 'echo 2026-13-41T05:00:00Z', 'fail', [/printed no time/]],
  ])('%s', async (_, script, verdict, wanted) => {
    const result = await check({ command: shell(script) });
    expect(result.verdict).toBe(verdict);
    expect(found(result)).toEqual(wanted.map((each) => expect.stringMatching(each)));
  });

  it.each([
    ['no size', 'echo 2026-11-24T05:00:00Z', 'unknown', 'not told'],
    ['a size in words', `echo '{"at":"2026-11-24T05:00:00Z","size":"5 GB"}'`, 'unknown', 'not a whole number of bytes'],
    ['a size', `echo '{"at":"2026-11-24T05:00:00Z","size":5000}'`, 'pass', '5kB'],
  ])('%s, where one is asked', async (_, script, verdict, says) => {
    const result = await check({ command: shell(script), 'min-size': '1kB' });
    expect(result.verdict).toBe(verdict === 'pass' ? 'pass' : 'fail');
    expect(result.evidence.items[1]).toMatchObject({ found: says, verdict });
  });

  it.each([
    ['fails', shell('exit 2'), RetryableError],
    ['is missing', { argv: ['no-such-program'] }, TerminalError],
    ['takes too long', { ...shell('sleep 300'), timeout: '50ms' }, RetryableError],
  ])('throws where the program %s', async (_, command, kind) => {
    expect(await rejectionOf(check({ command }))).toBeInstanceOf(kind);
  });
});

const HERE = { url: { env: 'DATABASE' } };
const WHEN = "select timestamptz '2026-11-24 09:00:00Z' as at";
const COUNT = 'select count(*) from orders';

describeWithPostgres(
  `create table orders (id int, note text); insert into orders select n, 'note' from generate_series(1, 120) n;
   grant select on orders to reader`,
  ({ secrets, runSql, waiting }) => {
    describeCheckConformance(backupCheck, async () => {
      const before = waiting();
      const restored = { ...HERE, when: WHEN, expect: [{ query: COUNT, 'at-least': 100 }] };
      return {
        context: { secrets, now: () => NOW },
        passing: { sql: { ...HERE, query: WHEN }, restored },
        failing: { restored: { ...restored, expect: [{ query: COUNT, equals: 1 }] } },
        cannotAsk: { sql: { url: { env: 'WRONG' }, query: WHEN } },
        endless: {
          config: { restored: { ...restored, url: { env: 'SILENT' } } },
          begun: async () => void (await vi.waitUntil(() => waiting() > before)),
        },
        [Symbol.asyncDispose]: async () => undefined,
      };
    });

    it.each([
      ['a time', WHEN, 'pass', /^listed in sql, 2026-11-24T09:00:00.000Z, 1h old/],
      ['an old time', "select timestamptz '2026-11-20 09:00Z' as at", 'fail', /4d1h old/],
      ['no backup', 'select max(now()) as at from orders where false', 'fail', /no backup is listed/],
      ['no row', 'select now() as at where false', 'fail', /gives no row/],
      ['two rows', 'select now() as at from orders limit 2', 'fail', /gives 2 rows/],
      ['a time without its zone', 'select localtimestamp as at', 'fail', /no time zone: give a timestamptz/],
      ['a text', "select '2026-11-24T09:00:00Z' as at", 'fail', /at is no time/],
      ['another column', 'select now() as finished', 'fail', /there is no column at/],
      ['an endless time', "select timestamptz 'infinity' as at", 'fail', /no number, text/],
    ])('reads %s from sql', async (_, query, verdict, says) => {
      const result = await check({ sql: { ...HERE, query } }, [], secrets);
      expect(result.verdict).toBe(verdict);
      expect(found(result)).toEqual([expect.stringMatching(says)]);
    });

    it('reads the size from sql', async () => {
      const query = `${WHEN}, 5000::int8 as size`;
      expect(found(await check({ sql: { ...HERE, query }, 'min-size': '5kB' }, [], secrets))[1]).toBe('5kB');
    });

    it('asks a restored database, and when it was restored', async () => {
      const expectations = [
        { query: COUNT, 'at-least': 121 },
        { query: 'select note from orders where id = 7', equals: 'note' },
        { query: 'select sum(id) from orders', equals: 7260, 'at-least': 1 },
        { query: 'select bool_and(id > 0) from orders', equals: true },
        { query: 'select id from orders where false', equals: 1 },
      ];
      const { verdict, evidence } = await check(
        { restored: { ...HERE, when: WHEN, expect: expectations } },
        [],
        secrets,
      );
      expect(verdict).toBe('fail');
      expect(evidence.items).toEqual([
        expect.objectContaining({ asked: 'restored', verdict: 'pass', expected: 'at most 7d old' }),
        { asked: COUNT, found: '120', expected: 'at least 121', verdict: 'fail' },
        expect.objectContaining({ found: '"note"', verdict: 'pass' }),
        expect.objectContaining({ found: '7260', expected: '7260 and at least 1', verdict: 'pass' }),
        expect.objectContaining({ found: 'true', verdict: 'pass' }),
        expect.objectContaining({ found: 'the query gives no row', verdict: 'unknown' }),
      ]);
    });

    it('does not believe a database that was restored long ago', async () => {
      const when = "select timestamptz '2026-11-10 09:00Z'";
      const { verdict, evidence } = await check(
        { restored: { ...HERE, when, expect: [{ query: COUNT, equals: 120 }] } },
        [],
        secrets,
      );
      expect(verdict).toBe('fail');
      expect(evidence.items[0]).toMatchObject({ found: expect.stringMatching(/14d1h old/), verdict: 'fail' });
    });

    it('asks when the database was made, where it may', async () => {
      const config = { restored: { ...HERE, expect: [{ query: COUNT, equals: 120 }] } };
      const refused = await rejectionOf(check(config, [], secrets));
      expect(String(refused)).toMatch(/give restored\.when, or grant it execute on function pg_stat_file/);
      await runSql('grant execute on function pg_stat_file(text, boolean) to reader');
      const { evidence } = await check(config, [], secrets);
      // By the machine's clock, which is not that of this test.
      const [made = ''] = /^[^,]*Z/.exec(evidence.items[0]?.found ?? '') ?? [];
      expect(Math.abs(Date.parse(made) - Date.now())).toBeLessThan(HOUR);
    });

    it.each([
      ['a wrong password', 'WRONG', COUNT, TerminalError, /check the secret in restored\.url/],
      ['nobody there', 'REFUSED', COUNT, RetryableError, /cannot be reached \(ECONNREFUSED\)/],
      ['no such table', 'DATABASE', 'select 1 from nothing', TerminalError, /relation "nothing" does not exist/],
      ['two statements', 'DATABASE', 'select 1; drop table orders', TerminalError, /multiple commands/],
      [
        'a query that writes',
        'DATABASE',
        'select 1 from orders for update',
        TerminalError,
        /would write|permission denied/,
      ],
      ['a slow query', 'DATABASE', 'select pg_sleep(60)', RetryableError, /did not answer in time/],
    ])('throws for %s, and shows no secret', async (_, env, query, kind, says) => {
      const restored = { url: { env }, when: WHEN, expect: [{ query, equals: 1 }] };
      const error = await rejectionOf(check({ restored, timeout: '500ms' }, [], secrets));
      expect(error).toBeInstanceOf(kind);
      expect(String(error)).toMatch(says);
      expectNoSecrets(error, { PASSWORD });
    });
  },
);

describe('backup check', () => {
  it.each([
    [{ equals: 5 }, 5, 'pass'],
    [{ equals: 5 }, '5', 'fail'],
    [{ equals: true }, true, 'pass'],
    [{ 'at-least': 5 }, 5, 'pass'],
    [{ 'at-least': 5 }, 4.9, 'fail'],
    [{ 'at-least': 5 }, '9', 'unknown'],
    [{ 'at-least': 0 }, false, 'unknown'],
    [{ 'at-least': 5, equals: 6 }, 7, 'fail'],
  ])('expects %j of %j: %s', (expectation, value, verdict) => {
    expect(expectationItem({ query: 'select 1', ...expectation }, { kind: 'value', value }).verdict).toBe(verdict);
  });

  it.each([
    ['500B', 500],
    ['10kB', 10_000],
    ['20MB', 20_000_000],
    ['5GB', 5_000_000_000],
    ['1TB', 1_000_000_000_000],
  ])('reads %s as %i bytes, and writes it so', (text, bytes) => {
    expect(size().decode(text)).toBe(bytes);
    expect(formatSize(bytes)).toBe(text);
  });

  it.each(['2026-11-24', '10:00', '2026-11-24T10:00:00', 'now', '', '2026-11-24T10:00:00+25'])(
    'takes %j for no time',
    (text) => expect(timeOf(text)).toBeNull(),
  );

  it.each([
    {},
    { 'max-age': '1h' },
    { file: 'a', command: { argv: ['b'] } },
    { file: '**/*.dump' },
    { file: 'a', 'min-size': '10 MB' },
    { file: 'a', 'min-size': 10 },
    { sql: { url: 'postgresql://a:b@c/d', query: 'select 1' } },
    { sql: { url: { env: 'A' }, query: 'delete from a' } },
    { restored: { url: { env: 'A' }, expect: [] } },
    { restored: { url: { env: 'A' }, expect: [{ query: 'select 1' }] } },
  ])('refuses %j', (config) => {
    expect(backupCheck.schema.safeParse(config).success).toBe(false);
  });
});
