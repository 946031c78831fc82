import type { Database } from '../ports/database.ts';

/** Says in the database that its launches go on elsewhere: two servers that both did would do everything twice. `now` in epoch ms. */
export async function markMoved(database: Database, now: number): Promise<void> {
  const sql =
    "insert into meta (key, value) values ('moved', ?1) on conflict (key) do update set value = excluded.value";
  await database.query(sql, [String(now)]);
}

/** When the launches of this database were moved elsewhere, in epoch ms; null: they were not. */
export async function movedAt(database: Database): Promise<number | null> {
  const [row] = await database.query("select value from meta where key = 'moved'");
  return row === undefined ? null : Number(row['value']);
}

/** Ids of launches that may still want something. */
export async function launchesUnderWay(database: Database): Promise<readonly string[]> {
  return (await database.query('select id from launch where active = 1 order by id')).map((row) => String(row['id']));
}
