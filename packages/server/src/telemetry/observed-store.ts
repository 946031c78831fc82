import { type LaunchStore, VersionConflict } from '@slipway/engine';

/** The same store, of which the appends that came too late are counted. */
export function observedStore(store: LaunchStore, onConflict: () => void): LaunchStore {
  return {
    ...store,
    append: async (append) => {
      try {
        await store.append(append);
      } catch (error) {
        if (error instanceof VersionConflict) onConflict();
        throw error;
      }
    },
  };
}
