import type { LaunchStore } from '@slipway/engine';

/** The database did not answer as it should; whether it did what it was asked is not known. */
export class Stumble extends Error {
  override readonly name = 'Stumble';
}

/** A store that fails some of the appends to a launch that has begun: before it took them, or after. */
export function stumblingStore(store: LaunchStore, fate: () => 'fine' | 'refused' | 'unheard'): LaunchStore {
  return {
    ...store,
    append: async (append) => {
      const drawn = append.expected === 0 ? 'fine' : fate();
      if (drawn === 'refused') throw new Stumble('the database is locked');
      await store.append(append);
      if (drawn === 'unheard') throw new Stumble('the connection was lost');
    },
  };
}
