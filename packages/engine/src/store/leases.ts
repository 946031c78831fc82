import type { Wait } from '@slipway/core';
import type { Database, Queryable } from '../ports/database.ts';
import type { Leases } from '../ports/leases.ts';
import { deadlockOf } from './deadlock-of.ts';

/** Leases in the database. A lease whose launch is over is free from its expiry on, to the millisecond. */
export function createLeases(database: Database): Leases {
  return {
    acquire: async (environment, launch, { now, ttl }) => {
      for (;;) {
        const taken = await database.query(TAKE, [environment, launch, now + ttl, now]);
        if (taken.length > 0) {
          await giveUp(database, environment, launch);
          return { held: true };
        }
        await database.query(WAIT, [launch, environment]);
        const [row] = await database.query('select launch, expires_at from lease where environment = ?1', [
          environment,
        ]);
        // No row: its holder gave it back between the two questions.
        if (row === undefined) continue;
        const deadlock = await findDeadlock(database, launch);
        return { held: false, by: String(row['launch']), until: Number(row['expires_at']), deadlock };
      }
    },
    renew: async (launch, { now, ttl }) => {
      await database.query('update lease set expires_at = ?1 where launch = ?2', [now + ttl, launch]);
    },
    giveUp: async (environment, launch) => {
      await giveUp(database, environment, launch);
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

/** Asked every second: what is noted already is not written again. */
const WAIT = 'insert into lease_wait (launch, environment) values (?1, ?2) on conflict do nothing';

/** A launch that died before its wait was taken off the list waits for what it holds itself: that is no wait. */
const WAITS = `select w.launch, w.environment, l.launch as holder, coalesce(n.started_at, 0) as started_at
  from lease_wait w
  join lease l on l.environment = w.environment and l.launch <> w.launch
  left join launch n on n.id = w.launch
  order by w.launch, w.environment`;

async function findDeadlock(database: Queryable, launch: string): Promise<readonly Wait[]> {
  const rows = await database.query(WAITS);
  const waits = rows.map((row) => ({
    launch: String(row['launch']),
    environment: String(row['environment']),
    holder: String(row['holder']),
    startedAt: Number(row['started_at']),
  }));
  return deadlockOf(launch, waits);
}

async function giveUp(database: Queryable, environment: string, launch: string): Promise<void> {
  await database.query('delete from lease_wait where launch = ?1 and environment = ?2', [launch, environment]);
}

/** The launch waits for nothing any more, as on its way back. */
export async function dropWaits(database: Queryable, launch: string): Promise<void> {
  await database.query('delete from lease_wait where launch = ?1', [launch]);
}

/** Gives back every environment that the launch holds, and waits for none. */
export async function releaseLeases(database: Queryable, launch: string): Promise<void> {
  await database.query('delete from lease where launch = ?1', [launch]);
  await dropWaits(database, launch);
}
