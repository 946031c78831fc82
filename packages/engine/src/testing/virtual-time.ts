import { TestClock } from 'pg-boss';
import { sleepBy } from '../clock/sleep.ts';
import type { Clock } from '../ports/clock.ts';

/** Virtual time for pg-boss, its database functions included, and for us. */
export class VirtualTime {
  readonly boss = new TestClock();

  /** A process' clock; after its death nothing that waited on it happens any more. */
  process(): { readonly clock: Clock; readonly die: () => void } {
    let dead = false;
    const at: Clock['at'] = (time, callback) => {
      const timer = this.boss.setTimeout(() => {
        if (!dead) callback();
      }, time - this.boss.now());
      return () => this.boss.clearTimeout(timer);
    };
    const after: Clock['after'] = (ms, callback) => at(this.boss.now() + ms, callback);
    return {
      clock: { now: () => this.boss.now(), running: () => this.boss.now(), sleep: sleepBy(after), after, at },
      die: () => void (dead = true),
    };
  }
}
