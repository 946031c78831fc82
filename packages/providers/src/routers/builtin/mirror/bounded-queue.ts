/** Runs what is offered, so many at a time, and keeps so many waiting. Nobody waits for it. */
export class BoundedQueue<Item> {
  readonly #run: (item: Item) => Promise<void>;
  readonly #maxRunning: number;
  readonly #maxWaiting: number;
  #waiting: Item[] = [];
  #running = 0;

  /** `run` deals with its own errors: what it throws is dropped. */
  constructor(run: (item: Item) => Promise<void>, maxRunning: number, maxWaiting: number) {
    this.#run = run;
    this.#maxRunning = maxRunning;
    this.#maxWaiting = maxWaiting;
  }

  /** False where it is full. */
  offer(item: Item): boolean {
    if (this.#running < this.#maxRunning) this.#begin(item);
    else if (this.#waiting.length < this.#maxWaiting) this.#waiting.push(item);
    else return false;
    return true;
  }

  /** Takes out those that wait. */
  clear(): readonly Item[] {
    return this.#waiting.splice(0);
  }

  #begin(item: Item): void {
    this.#running += 1;
    // Later: who offers is in the middle of a request.
    setImmediate(() => void this.#carryOut(item));
  }

  async #carryOut(item: Item): Promise<void> {
    try {
      await this.#run(item);
    } catch {
      // A copy's trouble is nobody's.
    }
    this.#running -= 1;
    const next = this.#waiting.shift();
    if (next !== undefined) this.#begin(next);
  }
}
