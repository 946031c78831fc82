import type { JobAttempt } from 'pg-boss';
import type { Queryable, SqlRow } from '../ports/database.ts';
import { parts } from '../store/parts.ts';
import { placeholders } from '../store/placeholders.ts';
import type { LifeLock } from './liveness-connection.ts';
import { COLUMNS, type StampedWork, stampedWork } from './work-table.ts';

/**
 * Which process has taken a work, and by which claim: what was taken over since by another one is another claim, so that nobody who
 * comes late takes it away from there.
 */
export function holderOf({ process }: LifeLock, { id, retryCount }: JobAttempt): string {
  return [process, id, retryCount].join('/');
}

function claimOf(holder: string): JobAttempt {
  const [, id = '', retryCount] = holder.split('/');
  return { id, retryCount: Number(retryCount) };
}

export interface Locks {
  /** Whether one's own is held. */
  readonly own: boolean;
  /** Processes that have work and whose lock is free. */
  readonly free: readonly string[];
}

/** In one moment of the database: whose own lock is held there knows that the others could have held theirs. */
const LOOK = `with alive as materialized (
    select objid::bigint::text as process from pg_locks
    where locktype = 'advisory' and objsubid = 2 and granted and classid = ?1::bigint::oid
      and database = (select oid from pg_database where datname = current_database())
  ), holding as (select distinct split_part(holder, '/', 1) as process from work where holder is not null)
  select (select count(*) from alive where process = ?2) as own,
    (select string_agg(process, '/') from holding where process not in (select process from alive)) as free`;

export async function readLocks(database: Queryable, { space, process }: LifeLock): Promise<Locks> {
  const [row] = await database.query(LOOK, [space, String(process)]);
  const free = row?.['free'] ?? null;
  return { own: Number(row?.['own']) > 0, free: free === null ? [] : String(free).split('/') };
}

/** What the process had taken is given back, a part at a time; what it has no claim of any more stays as it is. */
export async function releaseHeld(
  database: Queryable,
  process: string,
  giveBack: (claims: readonly JobAttempt[]) => Promise<void>,
): Promise<void> {
  const sql = "select distinct holder from work where split_part(holder, '/', 1) = ?1 order by holder";
  const holders = (await database.query(sql, [process])).map((row) => String(row['holder']));
  for (const some of parts(holders)) {
    await giveBack(some.map(claimOf));
    // In this order: should this one die in between, the next one finds it again.
    await database.query(forget(placeholders([some])), some);
  }
}

/** Passes over what somebody changes at this moment: they would wait for each other. The next look finds it. */
const forget = (holders: string): string => `update work set holder = null
  where id in (select id from work where holder in ${holders} for update skip locked)`;

export interface Holding {
  readonly work: string;
  /** null: nothing is noted. */
  readonly holder: string | null;
}

/**
 * Reads what was taken and notes who has it, in one round trip. Waits for nobody: what somebody changes at this moment is read and not
 * noted, and so is left to the heartbeat. Nor for the disk: a note that a crash of the database takes with it is of no more use then.
 */
export async function readAndHold(database: Queryable, holdings: readonly Holding[]): Promise<readonly StampedWork[]> {
  const rows: SqlRow[] = [];
  for (const some of parts(holdings.map(({ work, holder }) => [work, holder])))
    rows.push(...(await database.query(hold(placeholders(some)), some.flat())));
  return rows.map(stampedWork);
}

/** Rows of values, so that it is planned for as many as there are: of a table with thousands each is found by its id. */
const hold = (taken: string): string => `with taken (work, holder) as materialized (values ${taken}),
  mine as materialized (
    select id, taken.holder from work join taken on id = work where carrier is null for update of work skip locked
  ),
  lazy as materialized (select set_config('synchronous_commit', 'off', true) as value),
  held as (update work set holder = mine.holder from mine, lazy where work.id = mine.id and value = 'off')
  select ${COLUMNS} from work where id in (select work from taken)`;
