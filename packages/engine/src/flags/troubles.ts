import { StorageError } from '../store/storage-error.ts';
import type { FlagTrouble } from './flags.ts';

interface Trouble {
  /** The set's version when it was met; null: not known. */
  readonly version: number | null;
  readonly message: string;
}

/** Sets whose logs cannot be read on, which no trying again will change. */
export class Troubles {
  readonly #troubles = new Map<string, Trouble>();

  /** Takes note of what lasts, and gives the error back. */
  add(set: string, version: number | null, error: unknown): unknown {
    if (error instanceof StorageError && (error.code === 'damaged' || error.code === 'unknown-event'))
      this.#troubles.set(set, { version, message: error.message });
    return error;
  }

  end(set: string): void {
    this.#troubles.delete(set);
  }

  has(set: string): boolean {
    return this.#troubles.has(set);
  }

  /** Whether the log is still as it was when it could not be read. */
  isKnown(set: string, version: number): boolean {
    return this.#troubles.get(set)?.version === version;
  }

  all(): readonly FlagTrouble[] {
    return [...this.#troubles].map(([set, { message }]) => ({ set, message }));
  }
}
