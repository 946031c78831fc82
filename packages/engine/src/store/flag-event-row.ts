import type { FlagEvent } from '@slipway/flags';
import { canonicalJson } from '@slipway/plan';
import type { SqlRow, SqlValue } from '../ports/database.ts';
import type { StoredFlagEvent } from '../ports/flag-store.ts';
import type { EventFormat } from './event-format.ts';
import { damaged, isActor, parseCanonical } from './event-row.ts';
import { flagOf } from './flag-of.ts';
import type { WrittenEvent } from './links.ts';

export const FLAG_EVENT_COLUMNS = 'set_name, seq, flag, at, actor, payload, previous, hash';

/** In the order of FLAG_EVENT_COLUMNS. */
export function flagEventValues(
  set: string,
  stored: StoredFlagEvent,
  format: EventFormat<FlagEvent>,
): readonly SqlValue[] {
  const { seq, at, actor, event, previous, hash } = stored;
  return [set, seq, flagOf(event), at, canonicalJson(actor), canonicalJson(format.write(event)), previous, hash];
}

/** The row as it was written. Throws StorageError damaged where it cannot have been written so. */
export function writtenFlagEvent(row: SqlRow): WrittenEvent {
  return {
    seq: Number(row['seq']),
    at: Number(row['at']),
    actor: parseCanonical(row, 'actor'),
    event: parseCanonical(row, 'payload'),
    previous: String(row['previous']),
    hash: String(row['hash']),
  };
}

/** What was written, in today's format. Throws StorageError damaged or unknown-event. */
export function storedFlagEvent(row: SqlRow, written: WrittenEvent, format: EventFormat<FlagEvent>): StoredFlagEvent {
  const { actor, event, ...place } = written;
  if (!isActor(actor)) throw damaged(row);
  return { ...place, actor, event: format.read(event) };
}
