import type { Queryable } from '../ports/database.ts';
import { type ChainCheck, verifyChain, type WrittenEvent } from './chain.ts';
import { EVENT_COLUMNS, writtenEvent } from './event-row.ts';
import { StorageError } from './storage-error.ts';

/**
 * A launch's events after `after` (0: all) as they were written, for the record and for whoever verifies it. Rejects with StorageError
 * damaged.
 */
export async function readWritten(database: Queryable, launch: string, after = 0): Promise<readonly WrittenEvent[]> {
  return (await eventRows(database, launch, after)).map(writtenEvent);
}

/** Checks a stored launch: its chain, that every row reads as it was written, and that the newest event is there. */
export async function checkLaunch(database: Queryable, launch: string): Promise<ChainCheck> {
  const [row] = await database.query('select version from launch where id = ?1', [launch]);
  const events: WrittenEvent[] = [];
  let unreadable: string | null = null;
  for (const eventRow of await eventRows(database, launch)) {
    try {
      events.push(writtenEvent(eventRow));
    } catch (error) {
      if (!(error instanceof StorageError)) throw error;
      unreadable = error.message;
      break;
    }
  }
  const check = verifyChain(launch, events);
  if (!check.ok) return check;
  const { head } = check;
  if (unreadable !== null) return { ok: false, head, seq: head.seq + 1, problem: unreadable };
  const version = Number(row?.['version'] ?? 0);
  if (head.seq === version) return check;
  const seq = Math.min(head.seq, version) + 1;
  const problem = `The log of ${launch} ends with event ${head.seq}, but its newest was event ${version}.`;
  return { ok: false, head, seq, problem };
}

async function eventRows(database: Queryable, launch: string, after = 0) {
  const sql = `select ${EVENT_COLUMNS} from event where launch = ?1 and seq > ?2 order by seq`;
  return await database.query(sql, [launch, after]);
}
