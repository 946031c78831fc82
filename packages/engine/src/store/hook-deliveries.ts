import type { Database } from '../ports/database.ts';
import type { HookDeliveries } from '../ports/hook-deliveries.ts';

/** In the database: every server on it knows what one of them has heard. */
export function createHookDeliveries(database: Database): HookDeliveries {
  return {
    has: async (sender, id, now) => {
      const sql = 'select 1 as found from hook_delivery where sender = ?1 and id = ?2 and until > ?3';
      return (await database.query(sql, [sender, id, now])).length > 0;
    },
    keep: async (sender, id, { now, until }) => {
      await database.query('delete from hook_delivery where until <= ?1', [now]);
      const sql = `insert into hook_delivery (sender, id, until) values (?1, ?2, ?3)
        on conflict (sender, id) do update set until = excluded.until`;
      await database.query(sql, [sender, id, until]);
    },
  };
}
