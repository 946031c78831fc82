import type { Database } from '../ports/database.ts';
import type { Leases } from '../ports/leases.ts';

export function createLeases(database: Database): Leases {
  return {
    acquire: (environment, launch, { now, ttl }) =>
      database.transaction(async (tx) => {
        await tx.query(
          `insert into lease (environment, launch, expires_at) values (?1, ?2, ?3) on conflict (environment) do update
             set launch = excluded.launch, expires_at = excluded.expires_at where lease.launch = excluded.launch or lease.expires_at <= ?4`,
          [environment, launch, now + ttl, now],
        );
        const [row] = await tx.query('select launch, expires_at from lease where environment = ?1', [environment]);
        if (row?.['launch'] === launch) return { held: true };
        return { held: false, by: String(row?.['launch']), until: Number(row?.['expires_at']) };
      }),
    renew: async (launch, { now, ttl }) => {
      await database.query('update lease set expires_at = ?1 where launch = ?2', [now + ttl, launch]);
    },
    release: async (launch) => {
      await database.query('delete from lease where launch = ?1', [launch]);
    },
  };
}
