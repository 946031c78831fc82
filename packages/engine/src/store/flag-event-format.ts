import type { FlagEvent } from '@slipway/flags';
import { createEventFormat, type EventFormat, type Upcast } from './event-format.ts';

/** The newest format of each type. A type without a line here does not build. */
const NEWEST: Readonly<Record<FlagEvent['type'], number>> = {
  'set-created': 1,
  'flag-defined': 1,
  'flag-removed': 1,
  'segment-defined': 1,
  'segment-removed': 1,
  'ramp-set': 1,
  'ramp-ended': 1,
  'flag-killed': 1,
  'flag-unkilled': 1,
  'change-scheduled': 1,
  'schedule-done': 1,
  'schedule-cancelled': 1,
  'change-proposed': 1,
  'proposal-approved': 1,
  'proposal-rejected': 1,
  'policy-set': 1,
};

/** Of all that can be in the log of a flag set today. */
export const FLAG_EVENT_TYPES: readonly string[] = Object.keys(NEWEST);

/** By `type@format`. Nothing that was ever released is taken out. */
const UPCASTS: Readonly<Record<string, Upcast>> = {};

export const FLAG_EVENT_FORMAT: EventFormat<FlagEvent> = createEventFormat<FlagEvent>(NEWEST, UPCASTS);
