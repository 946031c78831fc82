import { ABSENT, evolveAll, type Recorded, type State } from '@slipway/core';

/** A launch's state from its events. `from` stays as it is. */
export function fold(events: readonly Recorded[], from: State = ABSENT): State {
  return evolveAll(from, events);
}
