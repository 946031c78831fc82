import type { Queryable, SqlRow } from '../ports/database.ts';
import type { Work } from '../ports/work-queue.ts';
import { parts } from '../store/parts.ts';
import { placeholders } from '../store/placeholders.ts';

/** Work with the stamp of its newest enqueuing: a new stamp is a new reason to look. */
export interface StampedWork extends Work {
  readonly stamp: string;
}

/** Each id once: one statement cannot change the same row twice. */
export async function putWork(tx: Queryable, ...work: readonly StampedWork[]): Promise<void> {
  for (const some of parts(work)) {
    const rows = some.map(({ id, launch, effect, dueAt, stamp }) => [id, launch, effect, dueAt, stamp]);
    await tx.query(`insert into work (${COLUMNS}) values ${placeholders(rows)} ${UPDATE}`, rows.flat());
  }
}

const COLUMNS = 'id, launch, effect, due_at, stamp';

const UPDATE =
  'on conflict (id) do update set launch = excluded.launch, effect = excluded.effect, due_at = excluded.due_at, stamp = excluded.stamp';

export async function removeWork(tx: Queryable, ...ids: readonly string[]): Promise<void> {
  for (const some of parts(ids)) await tx.query(`delete from work where id in ${placeholders([some])}`, some);
}

/** Rows of these ids, in no order. */
export async function readWork(database: Queryable, ids: readonly string[]): Promise<readonly StampedWork[]> {
  const rows: SqlRow[] = [];
  for (const some of parts(ids))
    rows.push(...(await database.query(`select ${COLUMNS} from work where id in ${placeholders([some])}`, some)));
  return rows.map(stampedWork);
}

/** null: it is not wanted, or not any more. */
export async function findWork(database: Queryable, id: string): Promise<StampedWork | null> {
  const [row] = await database.query(`select ${COLUMNS} from work where id = ?1`, [id]);
  return row === undefined ? null : stampedWork(row);
}

/** The longest due first. */
export async function allWork(database: Queryable): Promise<readonly StampedWork[]> {
  return (await database.query(`select ${COLUMNS} from work order by due_at, id`)).map(stampedWork);
}

/** At most `limit` of what became due from `from` to `now` (epoch ms, both included), the longest due first. */
export async function dueWork(
  database: Queryable,
  { from, now }: { readonly from: number; readonly now: number },
  limit: number,
): Promise<readonly StampedWork[]> {
  const sql = `select ${COLUMNS} from work where due_at >= ?1 and due_at <= ?2 order by due_at, id limit ?3`;
  return (await database.query(sql, [from, now, limit])).map(stampedWork);
}

/** The first due time after `now`; null when there is none. */
export async function nextDueTime(database: Queryable, now: number): Promise<number | null> {
  const [row] = await database.query('select min(due_at) as due_at from work where due_at > ?1', [now]);
  const dueAt = row?.['due_at'] ?? null;
  return dueAt === null ? null : Number(dueAt);
}

function stampedWork(row: SqlRow): StampedWork {
  const effect = row['effect'] ?? null;
  return {
    id: String(row['id']),
    launch: String(row['launch']),
    effect: effect === null ? null : String(effect),
    dueAt: Number(row['due_at']),
    stamp: String(row['stamp']),
  };
}
