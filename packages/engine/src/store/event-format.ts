import type { LaunchEvent } from '@slipway/core';
import { StorageError } from './storage-error.ts';

type Fields = Readonly<Record<string, unknown>>;

/** An old payload in the next newer format; `v` is its format, absent in the first. */
export type Upcast = (written: Fields) => Fields;

/** How events of a kind of log are written, and how those of any age are read. */
export interface EventFormat<E extends AnyEvent = LaunchEvent> {
  /** What is hashed and stored. */
  write(event: E): Fields;
  /** Throws StorageError unknown-event. */
  read(written: unknown): E;
}

/** An event of any kind of log. */
export interface AnyEvent {
  readonly type: string;
}

/** The newest format of each type. A type without a line here does not build. */
const NEWEST: Readonly<Record<LaunchEvent['type'], number>> = {
  'launch-started': 1,
  'step-started': 1,
  'effect-started': 1,
  'effect-noted': 1,
  'effect-settled': 1,
  'time-counted': 1,
  'soak-extended': 1,
  'trigger-fired': 1,
  'move-done': 1,
  'watch-started': 1,
  'stepped-back': 1,
  'step-passed': 1,
  'step-failed': 1,
  'step-skipped': 1,
  'verdict-waived': 1,
  'step-retried': 1,
  'vote-cast': 1,
  'votes-revoked': 1,
  'condition-met': 1,
  'votes-expired': 1,
  'waiver-proposed': 1,
  'waiver-ended': 1,
  'window-changed': 1,
  'window-overridden': 1,
  'scenario-proposed': 1,
  'scenario-chosen': 1,
  't0-moved': 1,
  'task-done': 1,
  'proof-refused': 1,
  'tick-expired': 1,
  'run-confirmed': 1,
  'outcome-answered': 1,
  held: 1,
  resumed: 1,
  'environment-verified': 1,
  'notice-queued': 1,
  'page-acknowledged': 1,
  'turning-back': 1,
  'way-back-planned': 1,
  'way-back-retried': 1,
  'launch-ended': 1,
};

/** Of all that can be in a log today. */
export const EVENT_TYPES: readonly string[] = Object.keys(NEWEST);

/** By `type@format`. Nothing that was ever released is taken out. */
const UPCASTS: Readonly<Record<string, Upcast>> = {};

/** More upcasts in a row than this go round in circles. */
const MOST_UPCASTS = 1_000;

export function createEventFormat<E extends AnyEvent = LaunchEvent>(
  newest: Readonly<Record<string, number>>,
  upcasts: Readonly<Record<string, Upcast>>,
): EventFormat<E> {
  const newestOf = new Map(Object.entries(newest));
  const upcastOf = new Map(Object.entries(upcasts));
  const isNewest = (written: object): written is E => {
    const type = typeOf(written);
    return type !== null && newestOf.get(type) === formatOf(written);
  };
  return {
    write: (event) => {
      const fields: object = event;
      const format = newestOf.get(event.type) ?? 1;
      return format === 1 ? { ...fields } : { ...fields, v: format };
    },
    read: (written) => {
      let event = isObject(written) ? written : {};
      for (let round = 0; round < MOST_UPCASTS; round += 1) {
        if (isNewest(event)) return withoutFormat(event);
        const upcast = upcastOf.get(`${typeOf(event)}@${formatOf(event)}`);
        if (upcast === undefined) break;
        event = upcast(event);
      }
      throw unknownEvent(event);
    },
  };
}

export const EVENT_FORMAT: EventFormat = createEventFormat(NEWEST, UPCASTS);

function unknownEvent(event: Fields): StorageError {
  const what = `The log has an event "${typeOf(event) ?? 'without a type'}" of format ${formatOf(event)}, which this Slipway does not know`;
  return new StorageError('unknown-event', `${what}: run the version that wrote it, or a newer one.`);
}

function withoutFormat<E extends AnyEvent>(event: E & { readonly v?: unknown }): E {
  if (event.v === undefined) return event;
  const { v: _format, ...rest } = event;
  return rest as unknown as E;
}

function typeOf(event: object): string | null {
  return 'type' in event && typeof event.type === 'string' ? event.type : null;
}

function formatOf(event: object): number {
  return 'v' in event ? Number(event.v) : 1;
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null;
}
