import { assert, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classifySql } from './classify-sql.ts';
import type { MigrationClass } from './migration-class.ts';
import { MIGRATION_CLASSES } from './migration-class.ts';

const EXPAND: readonly string[] = [
  '',
  '-- nothing\n/* nor /* here */ */ ;;',
  'create table a (id int primary key, b int references c on delete cascade)',
  'CREATE TABLE IF NOT EXISTS "A" (id serial)',
  'create table a as select * from b',
  "create type mood as enum ('sad; drop table x')",
  'create schema s; create sequence q; create extension if not exists pgcrypto',
  'create view v as select 1',
  'create function f() returns int language sql as $$ delete from a; select 1 $$',
  'create index concurrently i on a (b)',
  'create index concurrently if not exists i on only a (b)',
  'alter table a add column b text',
  'alter table only public.a add column if not exists b text null',
  'alter table a add b int default 5 not null',
  'alter table a add b timestamptz not null default now(), add c timestamptz default current_timestamp',
  "alter table a add b varchar(20) not null default 'x'::varchar(20)",
  'ALTER TABLE "a" ADD COLUMN "b" DECIMAL(10,2) NOT NULL DEFAULT 0',
  'alter table a alter column b drop not null',
  'alter table a alter b set statistics 100',
  "alter type mood add value 'ok'",
  "comment on table a is 'drop table a;'",
  'grant select on a to reader',
  "set lock_timeout = '2s'; set local statement_timeout to 0; set standard_conforming_strings = on",
  'begin; analyze a; commit',
  'create table a (id int); create index i on a (id); create unique index j on a (id)',
  'create table a (id int); alter table a add constraint k foreign key (id) references b (id), alter id set not null',
  'alter table a add b int; update a set b = 1 where c = 2',
  'alter table a add b int, add c int; update a set b = (select max(x) from y), c = coalesce(d, 1) from z where b is null',
];

const CONTRACT: readonly string[] = [
  'alter table a add column b text not null',
  'alter table a add b int default null not null',
  'alter table a add b int unique',
  'alter table a add b int references c (id)',
  'alter table a add b int check (b > 0)',
  'alter table a add b bigserial',
  'alter table a add b int generated always as (c * 2) stored',
  'alter table a add b uuid default gen_random_uuid()',
  'alter table a add b timestamptz default now() + my.jitter()',
  'alter table a add constraint k check (b > 0) not valid',
  'alter table a add primary key (id)',
  'alter table a drop constraint k',
  'alter table a validate constraint k',
  'alter table a rename to b',
  'alter table a rename column b to c',
  'alter table a alter b set not null',
  'alter table a alter column b set default 5',
  'alter table a alter b drop default',
  'alter table a alter b type text',
  'alter table a alter b set data type varchar',
  'create table a (id int); alter table a attach partition b for values in (1)',
  'alter table a enable row level security',
  'create index i on a (b)',
  'create unique index concurrently i on a (b)',
  'create table if not exists a (id int); create index i on a (id)',
  'create temp table a (id int); create index i on a (id)',
  'create table a (id int); set search_path = s; create index i on a (id)',
  'create or replace view v as select 1',
  'create trigger t after insert on a execute function f()',
  'create policy p on a',
  'drop index concurrently i',
  'drop view v; drop function f(int); drop trigger t on a; drop type mood',
  'insert into a values (1), (2)',
  'revoke select on a from reader',
  'lock table a in share mode',
];

const DESTRUCTIVE: readonly string[] = [
  'drop table a',
  'DROP TABLE IF EXISTS a',
  'drop/**/table a',
  'alter table a drop column b',
  'alter table a drop b',
  'alter table a add c int, drop b',
  'alter table a drop constraint k cascade',
  'truncate a',
  'delete from a where false',
  'merge into a using b on true when matched then delete',
  'update a set b = 1',
  'alter table a add b int; update a set b = 1, c = 2',
  'alter table a add b int; update x set b = 1',
  'alter table a add b int; update a set (b, c) = (1, 2)',
  'alter table a add b int; update a as x set b = 1',
  'alter table a add column if not exists b int; update a set b = 1',
  'alter table a alter b type int',
  'alter table a alter b type varchar(10)',
  'alter table a alter b type text using left(b, 3)',
  'insert into a values (1) on conflict (id) do update set b = 2',
  'insert into a with d as (delete from b returning *) select * from d',
  'with d as (delete from a returning *) select 1',
  'select drop_everything()',
  'do $$ begin drop table a; end $$',
  'call clean()',
  'copy a from stdin',
  'execute x',
  'drop schema s',
  'drop type mood cascade',
  'drop view v cascade',
  'drop sequence q',
  'drop database d',
  'rollback',
  'set standard_conforming_strings = off',
  "set session_replication_role = 'replica'",
  'create rolle x',
  'alter table a frobnicate',
  'create table a (id int); alter table a rename to b; alter table b2 rename to a; alter table a alter id type int',
  'create table a (id int); alter table a attach partition b for values in (1); update a set id = 2',
  'create table a (id int); alter table b attach partition a default; update a set id = 2',
  'begin; set local search_path = s; create table a (id int); commit; update a set id = 2',
  'set search_path = s; create table a (id int); reset search_path; update a set id = 2',
  'create table a (id int); reset all; update a set id = 2',
  // What hides a statement from a careless reader.
  "comment on table a is 'x'; drop table a; --'",
  "comment on table a is 'it''s'; drop table a",
  "comment on table a is e'\\''; drop table a; --'",
  'comment on table a is $x$ $y$ $x$; drop table a',
  '/* a /* b */ */ drop table a',
  '/*! drop table a */',
  'create table "a;b" (id int); drop table "a;b"',
  // What cannot be read.
  '\\i other.sql',
  'create table `a` (id int)',
  "comment on table a is 'no end",
  'create table "a (id int)',
  '/* no end',
  'do $$ no end',
  'create table a (id int) \u0000',
];

describe.each<[MigrationClass, readonly string[]]>([
  ['expand', EXPAND],
  ['contract', CONTRACT],
  ['destructive', DESTRUCTIVE],
])('%s', (expected, table) => {
  it.each(table)('%s', (sql) => {
    const classified = classifySql(sql);
    expect(classified).toMatchObject({ class: expected });
    expect(classified.why).not.toBe('');
    // The last statement needs no semicolon, and may have one.
    expect(classifySql(`${sql}\n;\n`).class).toBe(expected);
  });
});

describe('classifySql', () => {
  it('says of what it cannot read that it cannot, and where', () => {
    expect(classifySql('create table a (id int);\n\\i other.sql').why).toBe(
      'cannot be read: "\\\\", which cannot be read, in line 2',
    );
    expect(classifySql('frobnicate a').why).toBe('FROBNICATE A cannot be read');
  });

  it('is never better for what stands beside it', () => {
    const all = [...EXPAND, ...CONTRACT, ...DESTRUCTIVE];
    const rank = (sql: string) => MIGRATION_CLASSES.indexOf(classifySql(sql).class);
    for (const sql of all) expect(rank(`drop table kept; ${sql}`)).toBe(2);
    for (const sql of CONTRACT) expect(rank(`${sql};\ncomment on table z is ''`)).toBeGreaterThanOrEqual(1);
  });

  it('reads any text, and always finds the drop that stands at its beginning', () => {
    assert(
      property(string({ unit: 'grapheme', maxLength: 200 }), (text) => {
        expect(MIGRATION_CLASSES).toContain(classifySql(text).class);
        expect(classifySql(`drop table a;${text}`).class).toBe('destructive');
      }),
    );
  });

  it('keeps texts and names in quotes as they are, whatever is in them', () => {
    assert(
      property(string({ maxLength: 50 }), (text) => {
        const inText = text.replaceAll("'", "''");
        expect(classifySql(`comment on table a is '${inText}'`).class).toBe('expand');
        expect(classifySql(`comment on table a is '${inText}'; drop table a`).class).toBe('destructive');
      }),
    );
  });

  it('takes a file of a megabyte in good time', () => {
    for (const sql of [`comment on a is '${"''".repeat(500_000)}'`, '('.repeat(1_000_000), '/*'.repeat(500_000)]) {
      expect(MIGRATION_CLASSES).toContain(classifySql(sql).class);
    }
  });
});
