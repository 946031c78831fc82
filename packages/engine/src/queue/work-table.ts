import type { Queryable, SqlRow } from '../ports/database.ts';
import type { Work } from '../ports/work-queue.ts';

/** Work with the stamp of its newest enqueuing: a new stamp is a new reason to look. */
export interface StampedWork extends Work {
  readonly stamp: string;
}

export async function putWork(tx: Queryable, { id, launch, effect, dueAt, stamp }: StampedWork): Promise<void> {
  await tx.query(PUT, [id, launch, effect, dueAt, stamp]);
}

const COLUMNS = 'id, launch, effect, due_at, stamp';

const PUT = `insert into work (${COLUMNS}) values (?1, ?2, ?3, ?4, ?5)
  on conflict (id) do update set launch = excluded.launch, effect = excluded.effect, due_at = excluded.due_at, stamp = excluded.stamp`;

export async function removeWork(tx: Queryable, id: string): Promise<void> {
  await tx.query('delete from work where id = ?1', [id]);
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
