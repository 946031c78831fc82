interface Task {
  readonly at: number;
  readonly order: number;
  readonly run: () => void;
}

/** Virtual time: what was planned runs in the order of its times, and time jumps from one to the next. */
export class Timeline {
  #now: number;
  #order = 0;
  /** A binary heap: the earliest is at index 0. */
  readonly #heap: Task[] = [];

  constructor(start: number) {
    this.#now = start;
  }

  /** Epoch ms. */
  get now(): number {
    return this.#now;
  }

  /** Runs `run` at `at`, or now if that is over. What is planned for the same time runs in the order of planning. */
  at(at: number, run: () => void): void {
    this.#order += 1;
    this.#heap.push({ at: Math.max(at, this.#now), order: this.#order, run });
    this.#rise(this.#heap.length - 1);
  }

  /** Milliseconds from now. */
  in(ms: number, run: () => void): void {
    this.at(this.#now + ms, run);
  }

  /** Runs the next task; false: there is none. */
  step(): boolean {
    const [first] = this.#heap;
    const last = this.#heap.pop();
    if (first === undefined || last === undefined) return false;
    if (this.#heap.length > 0) {
      this.#heap[0] = last;
      this.#sink();
    }
    this.#now = first.at;
    first.run();
    return true;
  }

  #rise(from: number): void {
    let index = from;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!this.#swapIfLater(parent, index)) return;
      index = parent;
    }
  }

  #sink(): void {
    let index = 0;
    for (;;) {
      const left = 2 * index + 1;
      const child = this.#isLater(left, left + 1) ? left + 1 : left;
      if (!this.#swapIfLater(index, child)) return;
      index = child;
    }
  }

  #swapIfLater(first: number, second: number): boolean {
    const a = this.#heap[first];
    const b = this.#heap[second];
    if (a === undefined || b === undefined || !this.#isLater(first, second)) return false;
    this.#heap[first] = b;
    this.#heap[second] = a;
    return true;
  }

  #isLater(first: number, second: number): boolean {
    const a = this.#heap[first];
    const b = this.#heap[second];
    if (a === undefined || b === undefined) return false;
    return a.at > b.at || (a.at === b.at && a.order > b.order);
  }
}
