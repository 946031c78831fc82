import type { Launch, State } from '@slipway/core';
import type { StoredEvent } from './launch-store.ts';

/** What one decision of this process wrote down: told of once, after it is stored, and to nobody in another process. */
export interface Appended {
  readonly before: State;
  /** One or more, in order. */
  readonly events: readonly StoredEvent[];
  readonly after: Launch;
}

/** Told at once, while the launch waits: it must only take note. What it throws is told of and changes nothing. */
export type OnAppended = (appended: Appended) => void;
