/** Those who want to be told; one that throws does not keep it from the others. */
export class ChangeListeners<Told extends readonly unknown[]> {
  readonly #listeners = new Set<{ readonly listener: (...told: Told) => void }>();
  readonly #onError: (error: unknown) => void;

  constructor(onError: (error: unknown) => void) {
    this.#onError = onError;
  }

  add(listener: (...told: Told) => void): () => void {
    // An entry of its own: the same function may listen twice, and stop once.
    const entry = { listener };
    this.#listeners.add(entry);
    return () => void this.#listeners.delete(entry);
  }

  tell(...told: Told): void {
    for (const { listener } of this.#listeners) {
      try {
        listener(...told);
      } catch (error) {
        this.#onError(error);
      }
    }
  }

  clear(): void {
    this.#listeners.clear();
  }
}
