import { TestClock } from 'pg-boss';
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
    const sleep: Clock['sleep'] = async (ms, signal) => {
      if (signal?.aborted === true) return;
      const { promise, resolve } = Promise.withResolvers<void>();
      const cancel = at(this.boss.now() + ms, resolve);
      signal?.addEventListener('abort', () => (cancel(), resolve()), { once: true });
      await promise;
    };
    return {
      clock: { now: () => this.boss.now(), running: () => this.boss.now(), sleep, at },
      die: () => void (dead = true),
    };
  }
}
