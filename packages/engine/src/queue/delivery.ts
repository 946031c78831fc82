/** What happened in this process to work while it was being handled. */
type During = 'completed' | 'enqueued';

/** A delivery under way: of the work that it was taken for, and then of what it goes on with. */
export class Delivery {
  /** The id under which it was taken; so it is called to its end. */
  readonly key: string;
  /** The stamp of each work that it may be at: around a going-on two, until it is known to be committed. */
  readonly #stamps = new Map<string, string>();
  readonly #during = new Map<string, During>();

  constructor(key: string) {
    this.key = key;
  }

  at(id: string, stamp: string): void {
    this.#stamps.set(id, stamp);
  }

  stampOf(id: string): string | undefined {
    return this.#stamps.get(id);
  }

  ids(): readonly string[] {
    return [...this.#stamps.keys()];
  }

  note(id: string, during: During): void {
    this.#during.set(id, during);
  }

  /** What it was at and was not completed in this process: left as it is, or enqueued again. */
  open(): ReadonlyMap<string, string> {
    return new Map([...this.#stamps].filter(([id]) => this.#during.get(id) !== 'completed'));
  }

  /** It is at `from`, so that what it was at before is over, and may be at `to` in a moment. Gives what is over. */
  goOn(from: string, to: string, stamp: string): readonly string[] {
    const over = this.ids().filter((id) => id !== from && id !== to);
    for (const id of over) {
      this.#stamps.delete(id);
      this.#during.delete(id);
    }
    this.#during.delete(to);
    this.#stamps.set(to, stamp);
    return over;
  }
}
