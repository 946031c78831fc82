/** Where SQLite's strict tables and PostgreSQL differ; everything else is one text. */
export interface Dialect {
  /** The type of a whole number of 64 bits. */
  readonly bigint: string;
  /** Stands after a table's columns. */
  readonly tableOptions: string;
}

/** Statements that bring the tables from one schema version to the next. */
type Migration = (dialect: Dialect) => readonly string[];

/** JSON is text, times are epoch milliseconds, true is 1. The n-th one leads to schema version n; one that was released never changes. */
export const MIGRATIONS: readonly Migration[] = [
  ({ bigint, tableOptions }) => [
    `create table launch (
      id text not null primary key,
      name text not null,
      version ${bigint} not null,
      active ${bigint} not null,
      started_at ${bigint} not null
    )${tableOptions}`,
    'create index launch_by_name on launch (name)',
    `create table event (
      launch text not null references launch (id),
      seq ${bigint} not null,
      type text not null,
      at ${bigint} not null,
      actor text not null,
      payload text not null,
      previous text not null,
      hash text not null,
      primary key (launch, seq)
    )${tableOptions}`,
    `create table work (
      id text not null primary key,
      launch text not null,
      effect text,
      due_at ${bigint} not null,
      stamp text not null
    )${tableOptions}`,
    'create index work_by_due_time on work (due_at, id)',
    `create table lease (
      environment text not null primary key,
      launch text not null,
      expires_at ${bigint} not null
    )${tableOptions}`,
    `create table token (
      id text not null primary key,
      hash text not null unique,
      person text not null,
      role text not null,
      created_at ${bigint} not null
    )${tableOptions}`,
  ],
  // What a refused launch waits for: a ring of them must be seen from every process, and after a restart.
  ({ tableOptions }) => [
    `create table lease_wait (
      launch text not null,
      environment text not null,
      primary key (launch, environment)
    )${tableOptions}`,
  ],
  // Whose claim a work is done under when it goes on from another one, and which process has begun it: what is left of a dead one is
  // found by these.
  () => [
    'alter table work add column carrier text',
    'alter table work add column holder text',
    'create index work_by_carrier on work (carrier) where carrier is not null',
  ],
  // Whoever counts or takes up what is under way must not read all that ever ended.
  () => ['create index if not exists launch_under_way on launch (started_at, id) where active = 1'],
  // Feature flags: the logs of their sets, the keys that applications ask with, who met what, and which reports were counted.
  ({ bigint, tableOptions }) => [
    `create table flag_set (
      name text not null primary key,
      version ${bigint} not null
    )${tableOptions}`,
    `create table flag_event (
      set_name text not null references flag_set (name),
      seq ${bigint} not null,
      flag text,
      at ${bigint} not null,
      actor text not null,
      payload text not null,
      previous text not null,
      hash text not null,
      primary key (set_name, seq)
    )${tableOptions}`,
    'create index flag_event_by_flag on flag_event (set_name, flag, seq) where flag is not null',
    `create table flag_key (
      id text not null primary key,
      hash text not null unique,
      set_name text not null,
      kind text not null,
      created_by text not null,
      created_at ${bigint} not null
    )${tableOptions}`,
    // Where outcome is empty, good counts exposures.
    `create table flag_count (
      set_name text not null,
      flag text not null,
      outcome text not null,
      variant text not null,
      good ${bigint} not null,
      bad ${bigint} not null,
      first_bad_at ${bigint},
      primary key (set_name, flag, outcome, variant)
    )${tableOptions}`,
    `create table flag_batch (
      set_name text not null,
      batch text not null,
      at ${bigint} not null,
      primary key (set_name, batch)
    )${tableOptions}`,
    'create index flag_batch_by_age on flag_batch (at)',
  ],
  // Alerts that programs sent: what is sent again is not heard again.
  ({ bigint, tableOptions }) => [
    `create table hook_delivery (
      sender text not null,
      id text not null,
      until ${bigint} not null,
      primary key (sender, id)
    )${tableOptions}`,
    'create index hook_delivery_by_age on hook_delivery (until)',
  ],
];
