import type { Queryable, SqlRow, SqlValue } from '../ports/database.ts';
import type { Work } from '../ports/work-queue.ts';
import { parts } from '../store/parts.ts';
import { placeholders } from '../store/placeholders.ts';

/** Work with the stamp of its newest enqueuing: a new stamp is a new reason to look. */
export interface StampedWork extends Work {
  readonly stamp: string;
  /** The work under whose claim it is done when a delivery went on with it; null: its own. */
  readonly carrier: string | null;
}

/** What its claim is called. */
export function claimOf({ id, carrier }: Pick<StampedWork, 'id' | 'carrier'>): string {
  return carrier ?? id;
}

/** Each id once: one statement cannot change the same row twice. */
export async function putWork(tx: Queryable, ...work: readonly StampedWork[]): Promise<void> {
  for (const some of parts(work)) {
    const rows = some.map(valuesOf);
    await tx.query(`${INSERT} ${placeholders(rows)} ${UPDATE}`, rows.flat());
  }
}

export const COLUMNS = 'id, launch, effect, due_at, stamp, carrier';
const INSERT = `insert into work (${COLUMNS}) values`;

/** Whoever carries it still has it in hand: that does not change with a new reason to look. */
const UPDATE =
  'on conflict (id) do update set launch = excluded.launch, effect = excluded.effect, due_at = excluded.due_at, stamp = excluded.stamp';

function valuesOf({ id, launch, effect, dueAt, stamp, carrier }: StampedWork): readonly SqlValue[] {
  return [id, launch, effect, dueAt, stamp, carrier];
}

/** Puts `to` in the place of `from`. false, and nothing is changed: `from` is not there with this stamp, or `to` is there already. */
export async function replaceWork(
  tx: Queryable,
  from: { readonly id: string; readonly stamp: string },
  to: StampedWork,
): Promise<boolean> {
  return (await tx.query(REPLACE, [...valuesOf(to), from.id, from.stamp])).length === 1;
}

const REPLACE = `update work set id = ?1, launch = ?2, effect = ?3, due_at = ?4, stamp = ?5, carrier = ?6
  where id = ?7 and stamp = ?8 and not exists (select 1 from work as other where other.id = ?1) returning id`;

/**
 * What is to be done under the claim of this name, stamped anew: whoever had it before cannot go on any more. `holder`: who has it now. Looks twice: what that one
 * went on with a moment ago is not seen at first.
 */
export async function takeOverWork(
  database: Queryable,
  claim: string,
  anew: { readonly stamp: string; readonly holder: string | null },
): Promise<readonly StampedWork[]> {
  const sql = `update work set stamp = ?1, holder = ?2 where (id = ?3 and carrier is null) or carrier = ?3 returning ${COLUMNS}`;
  const values = [anew.stamp, anew.holder, claim];
  const rows = await database.query(sql, values);
  return (rows.length > 0 ? rows : await database.query(sql, values)).map(stampedWork);
}

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

/** Rows that are done under the claims of these names, in no order. */
export async function readCarried(database: Queryable, claims: readonly string[]): Promise<readonly StampedWork[]> {
  const rows: SqlRow[] = [];
  for (const some of parts(claims))
    rows.push(...(await database.query(`select ${COLUMNS} from work where carrier in ${placeholders([some])}`, some)));
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

export function stampedWork(row: SqlRow): StampedWork {
  const [effect, carrier] = [row['effect'] ?? null, row['carrier'] ?? null];
  return {
    id: String(row['id']),
    launch: String(row['launch']),
    effect: effect === null ? null : String(effect),
    dueAt: Number(row['due_at']),
    stamp: String(row['stamp']),
    carrier: carrier === null ? null : String(carrier),
  };
}
