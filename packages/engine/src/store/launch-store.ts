import type { LaunchEvent } from '@slipway/core';
import type { Database, Queryable, SqlRow } from '../ports/database.ts';
import {
  type Append,
  type LaunchRow,
  type LaunchStore,
  type StoredEvent,
  VersionConflict,
} from '../ports/launch-store.ts';
import type { WorkQueue } from '../ports/work-queue.ts';

/** Launches in SQL. Events, work and leases change in one transaction or not at all. */
export function createLaunchStore(database: Database, queue: WorkQueue): LaunchStore {
  return {
    append: (append) => database.transaction((tx) => appendAll(tx, queue, append)),
    read: async (launch, after = 0) => {
      const rows = await database.query('select * from event where launch = ?1 and seq > ?2 order by seq', [
        launch,
        after,
      ]);
      return rows.map(storedEvent);
    },
    find: async (launch) => {
      const [row] = await database.query('select * from launch where id = ?1', [launch]);
      return row === undefined ? null : launchRow(row);
    },
    list: async () => {
      const rows = await database.query('select * from launch order by started_at desc, id desc');
      return rows.map(launchRow);
    },
    count: async (name) => {
      const [row] = await database.query('select count(*) as number from launch where name = ?1', [name]);
      return Number(row?.['number'] ?? 0);
    },
  };
}

async function appendAll(tx: Queryable, queue: WorkQueue, append: Append): Promise<void> {
  await claimVersion(tx, append);
  for (const event of append.events) await insertEvent(tx, append.launch, event);
  // First what is settled, then what is wanted: the same id may be both.
  await queue.complete(tx, append.complete);
  await queue.enqueue(tx, append.enqueue);
  if (append.release) await tx.query('delete from lease where launch = ?1', [append.launch]);
}

/** The version is the single writer: whoever decided on an older state changes nothing. */
async function claimVersion(tx: Queryable, append: Append): Promise<void> {
  const { launch, name, expected, events } = append;
  const version = expected + events.length;
  const active = append.active ? 1 : 0;
  const claimed =
    expected === 0
      ? await tx.query(
          'insert into launch (id, name, version, active, started_at) values (?1, ?2, ?3, ?4, ?5) on conflict (id) do nothing returning id',
          [launch, name, version, active, events[0]?.at ?? 0],
        )
      : await tx.query('update launch set version = ?1, active = ?2 where id = ?3 and version = ?4 returning id', [
          version,
          active,
          launch,
          expected,
        ]);
  if (claimed.length === 0) throw new VersionConflict(`launch ${launch} is no longer at event ${expected}`);
}

async function insertEvent(tx: Queryable, launch: string, stored: StoredEvent): Promise<void> {
  const { seq, at, actor, event, previous, hash } = stored;
  await tx.query(
    'insert into event (launch, seq, type, at, actor, payload, previous, hash) values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)',
    [launch, seq, event.type, at, JSON.stringify(actor), JSON.stringify(event), previous, hash],
  );
}

function storedEvent(row: SqlRow): StoredEvent {
  return {
    seq: Number(row['seq']),
    at: Number(row['at']),
    actor: JSON.parse(String(row['actor'])) as StoredEvent['actor'],
    event: JSON.parse(String(row['payload'])) as LaunchEvent,
    previous: String(row['previous']),
    hash: String(row['hash']),
  };
}

function launchRow(row: SqlRow): LaunchRow {
  return {
    id: String(row['id']),
    name: String(row['name']),
    version: Number(row['version']),
    active: Number(row['active']) === 1,
    startedAt: Number(row['started_at']),
  };
}
