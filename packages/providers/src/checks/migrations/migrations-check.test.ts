import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { TerminalError } from '@slipway/provider-kit';
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
import { flywayChecksum } from './flyway-checksum.ts';
import { migrationsCheck } from './index.ts';
import { baseName, flywayVersion, isUpTo } from './migration-key.ts';

const EXPAND = 'create table a (id int);';
const CONTRACT = 'alter table a rename to b;';
const LOSES = 'drop table a;';
const VIEW = 'create or replace view v as select 1;\r\nselect 2;\n';

/** The tables as the tools make them, as far as they are read. */
const TABLES = `
  create table _prisma_migrations (id text, checksum text, finished_at timestamptz, migration_name text, logs text,
    rolled_back_at timestamptz, started_at timestamptz default now(), applied_steps_count int);
  insert into _prisma_migrations (migration_name, finished_at, rolled_back_at, started_at) values
    ('1_init', now(), null, now() - interval '4 minutes'),
    ('2_broken', null, null, now() - interval '3 minutes'),
    ('3_again', null, now(), now() - interval '2 minutes'),
    ('3_again', now(), null, now() - interval '1 minute'),
    ('4_undone', null, now(), now()),
    ('9_not_ours', now(), null, now());
  create table flyway_schema_history (installed_rank int, version text, description text, type text, script text,
    checksum int, success boolean);
  insert into flyway_schema_history values
    (0, null, '', 'SCHEMA', '"public"', null, true),
    (1, '1.1', '<< Flyway Baseline >>', 'BASELINE', '<< Flyway Baseline >>', null, true),
    (2, '2', 'note', 'SQL', 'V2__note.sql', 1, true),
    (3, '3', 'taken back', 'SQL', 'V3__back.sql', 1, true),
    (4, '3', 'taken back', 'UNDO_SQL', 'U3__back.sql', 1, true),
    (5, '4', 'broken', 'SQL', 'V4__broken.sql', 1, false),
    (6, null, 'same', 'SQL', 'R__same.sql', ${flywayChecksum(VIEW)}, true),
    (7, null, 'changed', 'SQL', 'R__changed.sql', 5, true),
    (8, '7', 'gone', 'SQL', 'V7__gone.sql', 1, true);
  create table knex_migrations (id int, name text, batch int, migration_time timestamptz);
  insert into knex_migrations values (1, '001_init.js', 1, now()), (2, '009_not_ours.js', 2, now());
  create schema own;
  create table own."Done" (n text);
  insert into own."Done" values ('001_init'), ('002_note.sql');
  grant usage on schema own to reader;
  grant select on all tables in schema public, own to reader;
`;

const OWN = { tool: { table: 'Done', column: 'n' }, schema: 'own', url: { env: 'DATABASE' }, folder: 'migrations' };
const FOLDER = { 'migrations/001_init.sql': EXPAND, 'migrations/002_note.up.sql': EXPAND };

async function write(directory: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(directory, name)), { recursive: true });
    await writeFile(join(directory, name), text);
  }
}

describeWithPostgres(TABLES, ({ secrets, waiting }) => {
  const check = async (config: object, files: Readonly<Record<string, string>>) => {
    await using directory = await createTemporaryDirectory();
    await write(directory.path, files);
    const context = createTestContext({ directory: directory.path, secrets });
    return await migrationsCheck.run(
      migrationsCheck.schema.parse({ url: { env: 'DATABASE' }, ...config }),
      contextFor(migrationsCheck.needs, context),
    );
  };
  const wrong = ({ evidence }: Awaited<ReturnType<typeof check>>) =>
    evidence.items.filter(({ verdict }) => verdict !== 'pass').map(({ asked, found }) => `${asked}: ${found}`);

  describeCheckConformance(migrationsCheck, async () => {
    const directory = await createTemporaryDirectory();
    await write(directory.path, { ...FOLDER, 'more/003_more.sql': EXPAND });
    const before = waiting();
    return {
      context: { directory: directory.path, secrets },
      passing: OWN,
      failing: { ...OWN, folder: 'more' },
      cannotAsk: { ...OWN, url: { env: 'WRONG' } },
      endless: {
        config: { ...OWN, url: { env: 'SILENT' } },
        begun: async () => void (await vi.waitUntil(() => waiting() > before)),
      },
      [Symbol.asyncDispose]: directory.remove,
    };
  });

  it("reads prisma's table", async () => {
    const files = Object.fromEntries(
      ['1_init', '2_broken', '3_again', '4_undone', '5_new'].map((name) => [`p/${name}/migration.sql`, EXPAND]),
    );
    const result = await check({ tool: 'prisma', folder: 'p' }, { ...files, 'p/migration_lock.toml': '' });
    expect(wrong(result)).toEqual([
      'migration 2_broken: failed, or still runs',
      'migration 9_not_ours: applied, but no file has it',
      expect.stringMatching(/^migration 4_undone: pending, expand: /),
      expect.stringMatching(/^migration 5_new: pending, expand: /),
    ]);
    expect(result.evidence.summary).toMatch(
      /3 applied, 2 pending, 1 failed, 1 without a file\): migration 2_broken is/,
    );
  });

  it("reads flyway's table", async () => {
    const names = ['V1__old.sql', 'V1_1_0__base.sql', 'V1.2__late.sql', 'sub/V02__note.sql', 'V3__back.sql'];
    const versions = Object.fromEntries([...names, 'V4__broken.sql'].map((name) => [`f/${name}`, EXPAND]));
    const repeated = { 'f/R__same.sql': VIEW, 'f/R__changed.sql': VIEW, 'f/R__new.sql': VIEW };
    const result = await check({ tool: 'flyway', folder: 'f' }, { ...versions, ...repeated, 'f/U3__back.sql': LOSES });
    expect(wrong(result).map((text) => text.replace(/:.*/, ''))).toEqual([
      'migration V4__broken.sql',
      'migration V7__gone.sql',
      'migration R__changed.sql',
      'migration R__new.sql',
      'migration V1.2__late.sql',
      'migration V3__back.sql',
    ]);
  });

  it("reads knex' table, whatever its programs end in", async () => {
    const files = { 'k/001_init.ts': '', 'k/002_next.ts': '', 'k/types.d.ts': '', 'k/notes.md': '' };
    expect(wrong(await check({ tool: 'knex', folder: 'k' }, files))).toEqual([
      'migration 009_not_ours.js: applied, but no file has it',
      'migration 002_next.ts: pending, destructive: cannot be read: it is a program, not SQL',
    ]);
  });

  it.each([
    [{}, EXPAND, 'fail'],
    [{ 'allow-pending': true }, EXPAND, 'pass'],
    [{ 'allow-pending': true }, CONTRACT, 'fail'],
    [{ 'allow-pending': true, allow: ['expand', 'contract'] }, CONTRACT, 'pass'],
    [{ 'allow-pending': true, allow: ['contract'] }, EXPAND, 'fail'],
    [{ 'allow-pending': true, allow: ['expand', 'contract'] }, LOSES, 'fail'],
    [{ 'allow-pending': true, allow: ['destructive'] }, LOSES, 'pass'],
    [{ 'allow-pending': true }, 'no sql at all', 'fail'],
    [{ 'allow-pending': true }, 'x'.repeat(1_000_001), 'fail'],
    [{ allow: ['expand'] }, EXPAND, 'fail'],
  ])('%j', async (config, sql, verdict) => {
    const result = await check({ ...OWN, ...config }, { ...FOLDER, 'migrations/003_more.sql': sql });
    expect(result.verdict).toBe(verdict);
    expect(result.evidence.items.at(-1)).toMatchObject({ asked: 'migration 003_more.sql', verdict });
  });

  it('leaves out files that take a migration back', async () => {
    const files = { ...FOLDER, 'migrations/002_note.down.sql': LOSES, 'migrations/.gitkeep': '' };
    expect((await check(OWN, files)).verdict).toBe('pass');
  });

  it.each([
    ['no such folder', { folder: 'gone' }, /the folder .*gone cannot be listed \(ENOENT\): check folder/],
    ['no migration in it', { folder: 'empty' }, /empty has no migration: check folder and tool/],
    ['no such table', { tool: { table: 'gone', column: 'n' } }, /relation "own.gone" does not exist/],
    ['no such column', { tool: { table: 'Done', column: 'gone' } }, /column "gone" does not exist/],
    ['a wrong password', { url: { env: 'WRONG' } }, /check the secret in url/],
  ])('throws for %s', async (_, config, says) => {
    const error = await rejectionOf(check({ ...OWN, ...config }, { ...FOLDER, 'empty/.gitkeep': '' }));
    expect(error).toBeInstanceOf(TerminalError);
    expect(String(error)).toMatch(says);
    expectNoSecrets(error, { PASSWORD });
  });
});

describe('migrations check', () => {
  it.each([
    ['001_init.sql', '001_init'],
    ['001_init.up.sql', '001_init'],
    ['001_init.ts', '001_init'],
    ['001_init.mjs', '001_init'],
    ['001.5_init', '001.5_init'],
  ])('the file %s is the migration %s', (name, base) => expect(baseName(name)).toBe(base));

  it.each([
    ['01', '1'],
    ['1_2', '1.2'],
    ['1.2.0', '1.2'],
    ['0', '0'],
    ['20260101.10', '20260101.10'],
  ])("flyway's version %s is %s", (version, normal) => expect(flywayVersion(version)).toBe(normal));

  it.each([
    ['1', '1', true],
    ['1.1', '1.2', true],
    ['1.10', '1.9', false],
    ['2', '1.9', false],
    ['1', '1.1', true],
    ['20260101000000001', '20260101000000000', false],
  ])('%s is up to %s: %s', (version, limit, expected) => expect(isUpTo(version, limit)).toBe(expected));

  it('sums a script up as Flyway does: without line ends, and signed', () => {
    expect(flywayChecksum('a\r\nb\n')).toBe(flywayChecksum('\uFEFFa\nb'));
    // CRC-32 of the nine digits, the value that every description of it gives: cbf43926.
    expect(flywayChecksum('1234\n56789')).toBe(0xcbf43926 | 0);
  });

  it.each([
    {},
    { ...OWN, tool: 'rails' },
    { ...OWN, tool: { table: 'a; drop table b', column: 'c' } },
    { ...OWN, schema: 'a"b' },
    { ...OWN, allow: [] },
    { ...OWN, allow: ['everything'] },
    { ...OWN, url: 'postgresql://a:b@c/d' },
  ])('refuses %j', (config) => {
    expect(migrationsCheck.schema.safeParse(config).success).toBe(false);
  });
});
