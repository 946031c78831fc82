import { nextDue } from '@slipway/flags';
import type { Clock } from '../ports/clock.ts';
import type { KeptSets } from './kept-sets.ts';

interface Ports {
  readonly kept: KeptSets;
  readonly clock: Clock;
  /** Makes what is due of a set. */
  readonly run: (set: string) => void;
}

/** Wakes when the next scheduled change of any set is due. */
export class DueTimer {
  readonly #ports: Ports;
  #cancel: () => void = () => {};
  #at: number | null = null;
  #isOver = false;

  constructor(ports: Ports) {
    this.#ports = ports;
  }

  /** Something changed: another one may be the next. */
  arm(): void {
    const now = this.#ports.clock.now();
    const times = this.#due().map(({ at }) => at);
    // What is overdue was tried, and is tried again when the database was looked at.
    const next = Math.min(...times.filter((at) => at > now), Infinity);
    if (this.#isOver || next === this.#at) return;
    this.#cancel();
    this.#at = next;
    this.#cancel = next === Infinity ? () => {} : this.#ports.clock.at(next, () => this.#wake());
  }

  /** Makes what is due by now; of one set, where it is named. */
  run(only: string | null = null): void {
    const now = this.#ports.clock.now();
    if (this.#isOver) return;
    for (const { set, at } of this.#due()) if (at <= now && (only === null || only === set)) this.#ports.run(set);
  }

  stop(): void {
    this.#isOver = true;
    this.#cancel();
  }

  #wake(): void {
    this.#at = null;
    this.run();
    this.arm();
  }

  #due(): readonly { readonly set: string; readonly at: number }[] {
    return this.#ports.kept.all().flatMap(({ set, state }) => {
      const at = nextDue(state);
      return at === null ? [] : [{ set, at }];
    });
  }
}
