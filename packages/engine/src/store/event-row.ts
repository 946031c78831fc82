import type { Actor } from '@slipway/core';
import { canonicalJson } from '@slipway/plan';
import type { SqlRow, SqlValue } from '../ports/database.ts';
import type { StoredEvent } from '../ports/launch-store.ts';
import type { EventFormat } from './event-format.ts';
import type { WrittenEvent } from './links.ts';
import { StorageError } from './storage-error.ts';

/** In the order of EVENT_COLUMNS. */
export function eventValues(launch: string, event: StoredEvent, format: EventFormat): readonly SqlValue[] {
  const { seq, at, actor, previous, hash } = event;
  const payload = canonicalJson(format.write(event.event));
  return [launch, seq, event.event.type, at, canonicalJson(actor), payload, previous, hash];
}

export const EVENT_COLUMNS = 'launch, seq, type, at, actor, payload, previous, hash';

/** The row as it was written. Throws StorageError damaged where it cannot have been written so. */
export function writtenEvent(row: SqlRow): WrittenEvent {
  const event = parseCanonical(row, 'payload');
  const type = typeof event === 'object' && event !== null && 'type' in event ? event.type : null;
  if (type !== row['type']) throw damaged(row);
  return {
    seq: Number(row['seq']),
    at: Number(row['at']),
    actor: parseCanonical(row, 'actor'),
    event,
    previous: String(row['previous']),
    hash: String(row['hash']),
  };
}

/** The row in today's format. Throws StorageError damaged or unknown-event. */
export function storedEvent(row: SqlRow, format: EventFormat): StoredEvent {
  const { actor, event, ...place } = writtenEvent(row);
  if (!isActor(actor)) throw damaged(row);
  return { ...place, actor, event: format.read(event) };
}

/** Text that is not exactly what was written is refused, though it may mean the same. */
export function parseCanonical(row: SqlRow, column: string): unknown {
  const text = String(row[column]);
  try {
    const value: unknown = JSON.parse(text);
    if (canonicalJson(value) === text) return value;
  } catch {
    // Not JSON: damaged, as below.
  }
  throw damaged(row);
}

export function damaged(row: SqlRow): StorageError {
  const whose = row['launch'] ?? `flag set ${row['set_name']}`;
  const message = `Event ${row['seq']} of ${whose} is not as it was written: restore the data from a backup.`;
  return new StorageError('damaged', message);
}

export function isActor(actor: unknown): actor is Actor {
  if (typeof actor !== 'object' || actor === null || !('kind' in actor)) return false;
  return actor.kind === 'slipway' || (actor.kind === 'person' && 'id' in actor && typeof actor.id === 'string');
}
