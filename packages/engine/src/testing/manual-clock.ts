import { setImmediate as nextTurn } from 'node:timers/promises';
import { sleepBy } from '../clock/sleep.ts';
import type { Clock } from '../ports/clock.ts';

/** Virtual time for tests: it stands still until it is told to go on. */
export interface ManualClock extends Clock {
  /** Goes on by `ms`, calling back what falls due on the way in the order of time; what a callback sets in motion settles in between. */
  advance(ms: number): Promise<void>;
  /** Somebody sets the wall clock, by so many ms. `at` follows it, `sleep` counts running time. */
  set(by: number): void;
  /** Due times of what waits, in order. */
  waiting(): readonly number[];
}

interface Timer {
  /** Running time at which it is due, by where the wall clock stands now. */
  readonly due: () => number;
  readonly callback: () => void;
}

/** `start`: epoch ms. */
export function createManualClock(start = Date.UTC(2026, 10, 24, 9)): ManualClock {
  return new VirtualTime(start);
}

class VirtualTime implements ManualClock {
  #elapsed = 0;
  #wall: number;
  #timers: readonly Timer[] = [];
  readonly sleep = sleepBy((ms, callback) => this.after(ms, callback));

  constructor(start: number) {
    this.#wall = start;
  }

  now(): number {
    return this.#wall + this.#elapsed;
  }

  running(): number {
    return this.#elapsed;
  }

  set(by: number): void {
    this.#wall += by;
  }

  at(time: number, callback: () => void): () => void {
    return this.#add({ due: () => time - this.#wall, callback });
  }

  after(ms: number, callback: () => void): () => void {
    const end = this.#elapsed + ms;
    return this.#add({ due: () => end, callback });
  }

  async advance(ms: number): Promise<void> {
    const end = this.#elapsed + ms;
    for (;;) {
      await nextTurn();
      const [timer] = this.#ordered();
      if (timer === undefined || timer.due() > end) break;
      this.#remove(timer);
      this.#elapsed = Math.max(this.#elapsed, timer.due());
      timer.callback();
    }
    this.#elapsed = end;
  }

  waiting(): readonly number[] {
    return this.#ordered().map((timer) => timer.due() + this.#wall);
  }

  #ordered(): readonly Timer[] {
    return this.#timers.toSorted((a, b) => a.due() - b.due());
  }

  #add(timer: Timer): () => void {
    this.#timers = [...this.#timers, timer];
    return () => this.#remove(timer);
  }

  #remove(timer: Timer): void {
    this.#timers = this.#timers.filter((other) => other !== timer);
  }
}
