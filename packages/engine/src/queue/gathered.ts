interface Waiting<T> {
  readonly items: T[];
  readonly done: Promise<void>;
}

/** Does what is asked for while the last of it is under way in one go. */
export class Gathered<T> {
  readonly #work: (items: readonly T[]) => Promise<void>;
  #underWay: Promise<unknown> = Promise.resolve();
  #waiting: Waiting<T> | null = null;

  constructor(work: (items: readonly T[]) => Promise<void>) {
    this.#work = work;
  }

  /** Resolves when the item's part was done; rejects with what it failed with, for every item in it. */
  async add(item: T): Promise<void> {
    this.#waiting ??= this.#next();
    this.#waiting.items.push(item);
    await this.#waiting.done;
  }

  #next(): Waiting<T> {
    const items: T[] = [];
    const done = this.#underWay.then(async () => {
      this.#waiting = null;
      await this.#work(items);
    });
    this.#underWay = done.catch(() => null);
    return { items, done };
  }
}
