import type { Random } from '../random/random.ts';
import type { Timeline } from '@slipway/rehearsal';
import type { WallClock } from './wall-clock.ts';

/** Milliseconds, either way. */
const FURTHEST = 2 * 3_600_000;
/** Within which of its milliseconds a launch meets a clock that is set at any time. */
const WITHIN = 240_000;

interface Clocks {
  readonly timeline: Timeline;
  readonly wall: WallClock;
  readonly random: Random;
  /** Told by how many ms it was set. */
  readonly told: (by: number) => void;
}

/** Somebody who sets the clock, by up to two hours in either direction. */
export class ClockSetter {
  readonly #clocks: Clocks;

  constructor(clocks: Clocks) {
    this.#clocks = clocks;
  }

  set(): void {
    const { wall, random, told } = this.#clocks;
    const by = random.int(-FURTHEST, FURTHEST);
    wall.set(by);
    told(by);
  }

  /** In about half of the launches, once or more often, at any time. */
  setLater(): void {
    const { timeline, random } = this.#clocks;
    const times = Math.max(0, random.int(-3, 4));
    for (let count = 0; count < times; count += 1) timeline.in(random.int(1, WITHIN), () => this.set());
  }

  /** Sometimes before `ms` milliseconds are over: where a moment is short, or matters most. */
  perhapsWithin(ms: number, often = 0.2): void {
    const { timeline, random } = this.#clocks;
    if (random.chance(often)) timeline.in(random.int(1, ms), () => this.set());
  }
}
