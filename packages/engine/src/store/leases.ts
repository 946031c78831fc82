import type { Database, Queryable } from '../ports/database.ts';
import type { Leases } from '../ports/leases.ts';

/** Leases in the database. A lease whose launch is over is free from its expiry on, to the millisecond. */
export function createLeases(database: Database): Leases {
  return {
    acquire: async (environment, launch, { now, ttl }) => {
      for (;;) {
        const taken = await database.query(TAKE, [environment, launch, now + ttl, now]);
        if (taken.length > 0) return { held: true };
        const [row] = await database.query('select launch, expires_at from lease where environment = ?1', [
          environment,
        ]);
        // No row: its holder gave it back between the two questions.
        if (row !== undefined) return { held: false, by: String(row['launch']), until: Number(row['expires_at']) };
      }
    },
    renew: async (launch, { now, ttl }) => {
      await database.query('update lease set expires_at = ?1 where launch = ?2', [now + ttl, launch]);
    },
    release: async (launch) => {
      await releaseLeases(database, launch);
    },
  };
}

/** A clock that jumped, or a server that was asleep, must not give away what a launch under way is changing. */
const TAKE = `insert into lease (environment, launch, expires_at) values (?1, ?2, ?3)
  on conflict (environment) do update set launch = excluded.launch, expires_at = excluded.expires_at
  where lease.launch = excluded.launch
    or (lease.expires_at <= ?4 and not exists (select 1 from launch where id = lease.launch and active = 1))
  returning environment`;

/** Gives back every environment that the launch holds. */
export async function releaseLeases(database: Queryable, launch: string): Promise<void> {
  await database.query('delete from lease where launch = ?1', [launch]);
}
