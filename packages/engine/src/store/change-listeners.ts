import type { Changed } from '../ports/changes.ts';

type Listener = (launch: Changed) => void;

/** Those who want to be told; one that throws does not keep it from the others. */
export class ChangeListeners {
  readonly #listeners = new Set<{ readonly listener: Listener }>();
  readonly #onError: (error: unknown) => void;

  constructor(onError: (error: unknown) => void) {
    this.#onError = onError;
  }

  add(listener: Listener): () => void {
    // An entry of its own: the same function may listen twice, and stop once.
    const entry = { listener };
    this.#listeners.add(entry);
    return () => void this.#listeners.delete(entry);
  }

  tell(launch: Changed): void {
    for (const { listener } of this.#listeners) {
      try {
        listener(launch);
      } catch (error) {
        this.#onError(error);
      }
    }
  }

  clear(): void {
    this.#listeners.clear();
  }
}
