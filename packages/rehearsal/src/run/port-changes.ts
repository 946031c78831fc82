import type { Handlers, LaunchStore, Making } from '@slipway/engine';

/** What stands between the engine and its ports: nothing or, to prove that the invariants notice, a fault. */
export interface PortChanges {
  readonly store: (store: LaunchStore) => LaunchStore;
  readonly handlers: (handlers: Handlers) => Handlers;
  readonly making: (making: Making) => Making;
}

export const SOUND: PortChanges = {
  store: (store) => store,
  handlers: (handlers) => handlers,
  making: (making) => making,
};
