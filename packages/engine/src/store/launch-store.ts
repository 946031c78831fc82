import type { Changes } from '../ports/changes.ts';
import type { Database, Queryable, SqlRow } from '../ports/database.ts';
import { type Append, type LaunchRow, type LaunchStore, VersionConflict } from '../ports/launch-store.ts';
import type { WorkQueue } from '../ports/work-queue.ts';
import { verifyChain } from './chain.ts';
import { EVENT_FORMAT, type EventFormat } from './event-format.ts';
import { EVENT_COLUMNS, eventValues, storedEvent, writtenEvent } from './event-row.ts';
import { dropWaits, releaseLeases } from './leases.ts';
import { MOST_ROWS, parts } from './parts.ts';
import { placeholders } from './placeholders.ts';
import { StorageError } from './storage-error.ts';
import { together } from './together.ts';

/** What of the queue takes part in the store's transactions. */
type Enqueuing = Pick<WorkQueue, 'enqueue' | 'complete' | 'goOn'>;

export interface LaunchStoreOptions {
  /** Told of every append, once it is stored; left out: nobody has to be told. */
  readonly changes?: Pick<Changes, 'publish'>;
  readonly format?: EventFormat;
}

/** Launches as events in the database. `read` rejects with StorageError damaged or unknown-event. */
export function createLaunchStore(
  database: Database,
  queue: Enqueuing,
  { changes, format = EVENT_FORMAT }: LaunchStoreOptions = {},
): LaunchStore {
  return {
    append: async (append) => {
      refuseGaps(append);
      const work = async (tx: Queryable): Promise<void> => {
        await together(
          tx,
          () => takeVersion(tx, append),
          () => insertEvents(tx, append, format),
          () => putWork(tx, append, queue),
          () => giveBack(tx, append),
        );
      };
      const isDone = isPlain(append) && (await database.atOnce?.(work)) === true;
      if (!isDone) await database.transaction(work, { wayBack: append.wayBack ?? false });
      const { launch, expected, events } = append;
      if (events.length > 0) changes?.publish(launch, expected + events.length);
    },
    read: async (launch, after = 0) => {
      const sql = `select ${EVENT_COLUMNS} from event where launch = ?1 and seq > ?2 order by seq`;
      const rows = await database.query(sql, [launch, after]);
      const events = rows.map((row) => storedEvent(row, format));
      if (after === 0) refuseChanged(launch, rows);
      return events;
    },
    find: async (launch) => {
      const [row] = await database.query(`select ${LAUNCH_COLUMNS} from launch where id = ?1`, [launch]);
      return row === undefined ? null : launchRow(row);
    },
    list: async () => {
      const rows = await database.query(`select ${LAUNCH_COLUMNS} from launch order by started_at desc, id desc`);
      return rows.map(launchRow);
    },
    listActive: async () => {
      const sql = `select ${LAUNCH_COLUMNS} from launch where active = 1 order by started_at desc, id desc`;
      return (await database.query(sql)).map(launchRow);
    },
    versions: async (ids) => {
      const versions = new Map<string, number>();
      for (const some of parts(ids, MOST_IDS)) {
        const asked = padded(some);
        const rows = await database.query(`select id, version from launch where id in ${placeholders([asked])}`, asked);
        for (const row of rows) versions.set(String(row['id']), Number(row['version']));
      }
      return versions;
    },
    count: async (name) => {
      const [row] = await database.query('select count(*) as launches from launch where name = ?1', [name]);
      return Number(row?.['launches']);
    },
  };
}

/** Launches whose versions are asked after in one statement. */
const MOST_IDS = 4_096;

/** As many as a power of two, the last one over and over: the database plans a handful of statements instead of thousands. */
function padded(ids: readonly string[]): readonly string[] {
  const most = 2 ** Math.ceil(Math.log2(ids.length));
  return Array.from({ length: most }, (_, index) => ids[Math.min(index, ids.length - 1)] ?? '');
}

const LAUNCH_COLUMNS = 'id, name, version, active, started_at';

/** Changes the launch's row if it is still as the decision saw it; that is what makes this the one writer. */
async function takeVersion(tx: Queryable, { launch, name, expected, events, active }: Append): Promise<void> {
  const version = expected + events.length;
  const [taken] =
    expected === 0
      ? await tx.query(
          `insert into launch (${LAUNCH_COLUMNS}) values (?1, ?2, ?3, ?4, ?5) on conflict (id) do nothing returning id`,
          [launch, name, version, active ? 1 : 0, events[0]?.at ?? 0],
        )
      : await tx.query('update launch set version = ?1, active = ?2 where id = ?3 and version = ?4 returning id', [
          version,
          active ? 1 : 0,
          launch,
          expected,
        ]);
  if (taken === undefined) throw new VersionConflict(`Launch ${launch} is not at event ${expected}: read it again.`);
}

/** In this order: what a decision both settles and wants again stays wanted. */
async function putWork(tx: Queryable, { complete, goOn, enqueue }: Append, queue: Enqueuing): Promise<void> {
  await together(
    tx,
    () => queue.complete(tx, complete),
    async () => await (goOn === undefined ? null : queue.goOn(tx, goOn)),
    () => queue.enqueue(tx, enqueue),
  );
}

/** Nothing in it needs the answer to something else: it asks all that it asks at once. Most are: an effect begins, or ends and the next begins. */
function isPlain({ expected, events, enqueue, complete, release, wayBack }: Append): boolean {
  const few = events.length <= MOST_ROWS && complete.length <= MOST_ROWS;
  return expected > 0 && events.length > 0 && few && enqueue.length === 0 && !release && wayBack !== true;
}

async function giveBack(tx: Queryable, { launch, release, wayBack }: Append): Promise<void> {
  if (release) await releaseLeases(tx, launch);
  else if (wayBack === true) await dropWaits(tx, launch);
}

async function insertEvents(tx: Queryable, { launch, events }: Append, format: EventFormat): Promise<void> {
  for (const some of parts(events)) {
    const rows = some.map((event) => eventValues(launch, event, format));
    await tx.query(`insert into event (${EVENT_COLUMNS}) values ${placeholders(rows)}`, rows.flat());
  }
}

/** Nobody acts on a log that was changed from outside: a vote put there by hand must not move production. */
function refuseChanged(launch: string, rows: readonly SqlRow[]): void {
  const check = verifyChain(launch, rows.map(writtenEvent));
  if (check.ok) return;
  throw new StorageError('damaged', `${check.problem.replace(/\.$/, '')}: restore the data from a backup.`);
}

/** A caller's mistake that would leave a log which no longer folds. */
function refuseGaps({ launch, expected, events }: Append): void {
  const gap = events.find((event, index) => event.seq !== expected + 1 + index);
  if (gap !== undefined) throw new Error(`Event ${gap.seq} of ${launch} does not follow from event ${expected}.`);
  if (expected === 0 && events.length === 0) throw new Error(`Launch ${launch} cannot begin without an event.`);
}

function launchRow(row: SqlRow): LaunchRow {
  return {
    id: String(row['id']),
    name: String(row['name']),
    version: Number(row['version']),
    active: row['active'] === 1,
    startedAt: Number(row['started_at']),
  };
}
