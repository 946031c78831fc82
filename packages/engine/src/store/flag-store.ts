import type { FlagEvent } from '@slipway/flags';
import type { Database, Queryable, SqlRow, SqlValue } from '../ports/database.ts';
import type { FlagAppend, FlagStore, StoredFlagEvent } from '../ports/flag-store.ts';
import { VersionConflict } from '../ports/launch-store.ts';
import type { EventFormat } from './event-format.ts';
import { verifyFlagChain } from './flag-chain.ts';
import { FLAG_EVENT_FORMAT } from './flag-event-format.ts';
import { FLAG_EVENT_COLUMNS, flagEventValues, storedFlagEvent, writtenFlagEvent } from './flag-event-row.ts';
import type { ChainHead, WrittenEvent } from './links.ts';
import { MOST_ROWS, parts } from './parts.ts';
import { placeholders } from './placeholders.ts';
import { StorageError } from './storage-error.ts';
import { together } from './together.ts';

/** Flag sets as events in the database. What is read rejects with StorageError damaged or unknown-event. */
export function createFlagStore(database: Database, format: EventFormat<FlagEvent> = FLAG_EVENT_FORMAT): FlagStore {
  return {
    append: async (append) => {
      refuseGaps(append);
      const work = async (tx: Queryable): Promise<void> => {
        await together(
          tx,
          () => takeVersion(tx, append),
          () => insertEvents(tx, append, format),
        );
      };
      const isPlain = append.expected > 0 && append.events.length <= MOST_ROWS;
      const isDone = isPlain && (await database.atOnce?.(work)) === true;
      if (!isDone) await database.transaction(work, { wayBack: append.wayBack ?? false });
    },
    read: async (set, after = 0) => {
      const sql = `select ${FLAG_EVENT_COLUMNS} from flag_event where set_name = ?1 and seq > ?2 order by seq`;
      const rows = await database.query(sql, [set, after]);
      const written = rows.map(writtenFlagEvent);
      refuseChanged(set, written, after);
      return inFormat(rows, written, format);
    },
    newest: async (set, { flag, before, limit }) => {
      const values: readonly SqlValue[] = [set, before ?? Number.MAX_SAFE_INTEGER, limit];
      const rows = await database.query(newestSql(flag), flag === null ? values : [...values, flag]);
      const written = rows.map(writtenFlagEvent);
      // Those between may be left out: each is looked at by itself.
      for (const each of written) refuseChanged(set, [each], each.seq - 1);
      return inFormat(rows, written, format);
    },
    versions: async () => {
      const rows = await database.query('select name, version from flag_set order by name');
      return new Map(rows.map((row) => [String(row['name']), Number(row['version'])]));
    },
  };
}

function newestSql(flag: string | null): string {
  const about = flag === null ? '' : ' and flag = ?4';
  return `select ${FLAG_EVENT_COLUMNS} from flag_event where set_name = ?1 and seq < ?2${about} order by seq desc limit ?3`;
}

/** Changes the set's row if it is still as the decision saw it; that is what makes this the one writer. */
async function takeVersion(tx: Queryable, { set, expected, events }: FlagAppend): Promise<void> {
  const version = expected + events.length;
  const [taken] =
    expected === 0
      ? await tx.query(
          'insert into flag_set (name, version) values (?1, ?2) on conflict (name) do nothing returning name',
          [set, version],
        )
      : await tx.query('update flag_set set version = ?1 where name = ?2 and version = ?3 returning name', [
          version,
          set,
          expected,
        ]);
  if (taken === undefined) throw new VersionConflict(`Flag set ${set} is not at event ${expected}: read it again.`);
}

async function insertEvents(tx: Queryable, { set, events }: FlagAppend, format: EventFormat<FlagEvent>): Promise<void> {
  for (const some of parts(events)) {
    const rows = some.map((event) => flagEventValues(set, event, format));
    await tx.query(`insert into flag_event (${FLAG_EVENT_COLUMNS}) values ${placeholders(rows)}`, rows.flat());
  }
}

/** Nobody serves a log that was changed from outside. What comes before `after` is whoever knows it to compare. */
function refuseChanged(set: string, written: readonly WrittenEvent[], after: number): void {
  const from: ChainHead | undefined = after === 0 ? undefined : { seq: after, hash: written[0]?.previous ?? '' };
  const check = verifyFlagChain(set, written, from);
  if (check.ok) return;
  throw new StorageError('damaged', `${check.problem.replace(/\.$/, '')}: restore the data from a backup.`);
}

function inFormat(
  rows: readonly SqlRow[],
  written: readonly WrittenEvent[],
  format: EventFormat<FlagEvent>,
): readonly StoredFlagEvent[] {
  return rows.flatMap((row, index) => {
    const event = written[index];
    return event === undefined ? [] : [storedFlagEvent(row, event, format)];
  });
}

/** A caller's mistake that would leave a log which no longer folds. */
function refuseGaps({ set, expected, events }: FlagAppend): void {
  const gap = events.find((event, index) => event.seq !== expected + 1 + index);
  if (gap !== undefined) throw new Error(`Event ${gap.seq} of flag set ${set} does not follow from event ${expected}.`);
  if (events.length === 0) throw new Error(`Nothing is appended to flag set ${set}.`);
}
