import { type Database, StorageError } from '@slipway/engine';

/** Told of every query and every transaction that the database refused, by what was wrong. */
export type OnStorageError = (code: StorageError['code']) => void;

/** The same database, whose refusals are counted: a transaction's once, whichever of its queries it was. */
export function observedDatabase(database: Database, onStorageError: OnStorageError): Database {
  const observed = async <T>(answer: Promise<T>): Promise<T> => {
    try {
      return await answer;
    } catch (error) {
      if (error instanceof StorageError) onStorageError(error.code);
      throw error;
    }
  };
  return {
    query: (sql, values) => observed(database.query(sql, values)),
    transaction: (work, options) => observed(database.transaction(work, options)),
    // Who asks falls back to a transaction where this is not there.
    ...('atOnce' in database ? { atOnce: (work) => observed(database.atOnce?.(work) ?? Promise.resolve(false)) } : {}),
    close: () => database.close(),
  };
}
