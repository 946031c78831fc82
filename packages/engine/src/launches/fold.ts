import { ABSENT, evolve, type Recorded, type State } from '@slipway/core';

/** A launch's state from its events. */
export function fold(events: readonly Recorded[], from: State = ABSENT): State {
  return events.reduce<State>((state, event) => evolve(state, event), from);
}
