/** Lets so many in at a time, the others in the order of asking. They wait for as long as it takes. */
export class Gate {
  readonly #waiting: (() => void)[] = [];
  readonly #inside = new Set<Promise<unknown>>();
  #free: number;

  constructor(most: number) {
    this.#free = most;
  }

  async take<T>(work: () => Promise<T>): Promise<T> {
    const taking = this.#take(work);
    this.#inside.add(taking);
    try {
      return await taking;
    } finally {
      this.#inside.delete(taking);
    }
  }

  /** Resolves when everybody who has asked so far has ended. */
  async passed(): Promise<void> {
    await Promise.allSettled(this.#inside);
  }

  async #take<T>(work: () => Promise<T>): Promise<T> {
    if (this.#free > 0) this.#free -= 1;
    else await new Promise<void>((go) => void this.#waiting.push(go));
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#free += 1;
      else next();
    }
  }
}
