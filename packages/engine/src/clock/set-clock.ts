import type { Clock } from '../ports/clock.ts';

/** What the wall clock may differ from running time between two looks without having been set, in milliseconds: slewing, a busy process. */
const TOLERANCE = 1_000;

/** Notices that somebody set the wall clock, or that the machine slept. */
export class SetClock {
  readonly #clock: Clock;
  #offset: number;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#offset = clock.now() - clock.running();
  }

  /** Whether it was set since the last look. */
  wasSet(): boolean {
    const before = this.#offset;
    this.#offset = this.#clock.now() - this.#clock.running();
    return Math.abs(this.#offset - before) > TOLERANCE;
  }
}
