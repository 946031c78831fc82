import type { Queryable } from '../ports/database.ts';
import { verifyChain } from './chain.ts';
import { EVENT_COLUMNS, writtenEvent } from './event-row.ts';
import type { ChainCheck, WrittenEvent } from './links.ts';
import { StorageError } from './storage-error.ts';

/** Some of a log: what comes after event `after`, up to event `upTo`. A log may be long: whoever can, asks for some of it at a time. */
export interface LogPart {
  readonly after: number;
  readonly upTo: number;
}

const WHOLE: LogPart = { after: 0, upTo: Number.MAX_SAFE_INTEGER };

/** A launch's events as they were written, in order, for the record and for whoever verifies it. Rejects with StorageError damaged. */
export async function readWritten(
  database: Queryable,
  launch: string,
  part: LogPart = WHOLE,
): Promise<readonly WrittenEvent[]> {
  return (await eventRows(database, launch, part)).map(writtenEvent);
}

/** Checks a stored launch: its chain, that every row reads as it was written, and that the newest event is there. */
export async function checkLaunch(database: Queryable, launch: string): Promise<ChainCheck> {
  const [row] = await database.query('select version from launch where id = ?1', [launch]);
  const events: WrittenEvent[] = [];
  let unreadable: string | null = null;
  for (const eventRow of await eventRows(database, launch, WHOLE)) {
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

async function eventRows(database: Queryable, launch: string, { after, upTo }: LogPart) {
  const sql = `select ${EVENT_COLUMNS} from event where launch = ?1 and seq > ?2 and seq <= ?3 order by seq`;
  return await database.query(sql, [launch, after, upTo]);
}
