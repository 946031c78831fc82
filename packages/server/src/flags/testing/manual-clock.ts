import { setImmediate as turn } from 'node:timers/promises';
import type { Clock } from '@slipway/engine';

interface Timer {
  readonly at: number;
  readonly callback: () => void;
}

/** Time that passes when a test says so. */
export class ManualClock implements Clock {
  #now = 1_800_000_000;
  readonly #timers = new Set<Timer>();

  now(): number {
    return this.#now;
  }

  running(): number {
    return this.#now;
  }

  /** Lets it pass, with everything that is due in it, in order. */
  async pass(ms: number): Promise<void> {
    const until = this.#now + ms;
    for (;;) {
      const [next] = [...this.#timers].filter(({ at }) => at <= until).toSorted((a, b) => a.at - b.at);
      if (next === undefined) break;
      this.#now = Math.max(this.#now, next.at);
      this.#timers.delete(next);
      next.callback();
      await turn();
    }
    this.#now = until;
    await turn();
  }

  after(ms: number, callback: () => void): () => void {
    const timer = { at: this.#now + ms, callback };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }

  at(at: number, callback: () => void): () => void {
    return this.after(at - this.#now, callback);
  }

  async sleep(ms: number, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted === true) return;
    await new Promise<void>((done) => {
      const cancel = this.after(ms, done);
      const end = (): void => {
        cancel();
        done();
      };
      signal?.addEventListener('abort', end, { once: true });
    });
  }
}
