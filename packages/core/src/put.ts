type Entries<Value> = Readonly<Record<string, Value>>;

/** How a record gets an entry, under a key that may be there already: it then stays in its place. */
export type Put = <Value>(record: Entries<Value>, key: string, value: Value) => Entries<Value>;

/** How records get and lose entries. */
export interface Records {
  readonly put: Put;
  readonly drop: <Value>(record: Entries<Value>, keys: readonly string[]) => Entries<Value>;
}

/** Leaves a record as it is, at the price of a copy. */
export const COPIED: Records = {
  put: (record, key, value) => ({ ...record, [key]: value }),
  drop: (record, keys) => {
    const gone = new Set(keys);
    return Object.fromEntries(Object.entries(record).filter(([key]) => !gone.has(key)));
  },
};

/**
 * Copies a record when it first meets it, and changes its own copy from then on: for whoever folds many events and shows nobody the
 * states between. What others handed in stays as it is.
 */
export function onOwnCopies(): Records {
  const mine = new WeakSet<object>();
  const owned = <Value>(record: Entries<Value>): Record<string, Value> => {
    const own = mine.has(record) ? record : { ...record };
    mine.add(own);
    return own;
  };
  return {
    put: (record, key, value) => {
      const own = owned(record);
      // An entry like any other, which an assignment would not make it; what is defined is slow to copy.
      if (key === '__proto__')
        Object.defineProperty(own, key, { value, writable: true, enumerable: true, configurable: true });
      else own[key] = value;
      return own;
    },
    drop: (record, keys) => {
      const own = owned(record);
      for (const key of keys) Reflect.deleteProperty(own, key);
      return own;
    },
  };
}
