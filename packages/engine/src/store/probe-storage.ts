import type { Database } from '../ports/database.ts';

/** Writes what means nothing: a disk that is full, or takes no changes, still answers every question. Rejects as a transaction does. */
export async function probeStorage(database: Pick<Database, 'transaction'>, now: number): Promise<void> {
  await database.transaction(async (tx) => await tx.query(PUT, [String(now)]));
}

const PUT =
  "insert into meta (key, value) values ('probed', ?1) on conflict (key) do update set value = excluded.value";
