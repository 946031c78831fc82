import type { Queryable } from '../ports/database.ts';

export interface WorkCount {
  /** To be done now, what is being done included. */
  readonly due: number;
  /** Whose time has not come. */
  readonly later: number;
}

/** How much work waits at `now` (epoch ms), for whichever process. */
export async function countWork(database: Queryable, now: number): Promise<WorkCount> {
  const sql = 'select sum(case when due_at <= ?1 then 1 else 0 end) as due, count(*) as works from work';
  const [row] = await database.query(sql, [now]);
  const due = Number(row?.['due'] ?? 0);
  return { due, later: Number(row?.['works'] ?? 0) - due };
}
