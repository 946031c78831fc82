import type { Clock } from '../ports/clock.ts';
import { StorageError, type StorageProblem } from '../store/storage-error.ts';

interface Insisting {
  readonly clock: Pick<Clock, 'sleep'>;
  readonly isDraining: () => boolean;
  /** Told of each failure after which it is tried again. */
  readonly onError: (error: unknown) => void;
}

/** For a minute; after that the queue delivers the work again and its outcome is asked for. */
const TRIES = 60;
const REST = 1_000;
/** What somebody will mend: for as long as it takes the outcome is kept, fenced on its attempt. */
const HEALING: ReadonlySet<StorageProblem> = new Set(['read-only', 'full', 'cannot-open', 'in-use', 'input-output']);

/** A database that does not answer for a moment must not cost what is known: an outcome forgotten is one to ask a person for. */
export async function insist<T>(append: () => Promise<T>, { clock, isDraining, onError }: Insisting): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await append();
    } catch (error) {
      const mayHeal = error instanceof StorageError && HEALING.has(error.code);
      if ((tries >= TRIES && !mayHeal) || isDraining()) throw error;
      onError(error);
      await clock.sleep(REST);
    }
  }
}
