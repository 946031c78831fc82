import type { LaunchStore, StoredEvent } from '@slipway/engine';

/** The store, telling of every event that it has taken, in order, before whoever appended hears of it. */
export function watchedStore(store: LaunchStore, told: (events: readonly StoredEvent[]) => void): LaunchStore {
  return {
    ...store,
    append: async (append) => {
      await store.append(append);
      if (append.events.length > 0) told(append.events);
    },
  };
}
