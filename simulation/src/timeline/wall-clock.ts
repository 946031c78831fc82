import type { Timeline } from '@slipway/rehearsal';

/** The machine's clock: it goes on with time, and people set it. */
export class WallClock {
  readonly #timeline: Timeline;
  readonly #watchers: (() => void)[] = [];
  #ahead = 0;

  constructor(timeline: Timeline) {
    this.#timeline = timeline;
  }

  /** Epoch ms, as the machine has it. */
  get now(): number {
    return this.#timeline.now + this.#ahead;
  }

  /** By so many ms. */
  set(by: number): void {
    this.#ahead += by;
    for (const watcher of this.#watchers) watcher();
  }

  onSet(watcher: () => void): void {
    this.#watchers.push(watcher);
  }
}
