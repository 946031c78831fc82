import type { FlagEvent } from './flag-event.ts';
import { FlagFold } from './flag-fold.ts';
import type { FlagSet } from './flag-set.ts';
import type { Asked } from './decided.ts';

/** Events of one decision with the set that they lead to. */
export class Draft {
  readonly events: FlagEvent[] = [];
  readonly #fold: FlagFold;
  readonly #asked: Asked;

  constructor(set: FlagSet, asked: Asked) {
    this.#fold = new FlagFold(set);
    this.#asked = asked;
  }

  /** The set with all events so far; it changes with the next one. */
  get set(): FlagSet {
    return this.#fold.now;
  }

  add(...events: readonly FlagEvent[]): void {
    const { actor, now } = this.#asked;
    for (const event of events) {
      this.events.push(event);
      this.#fold.add({ seq: this.set.version + 1, at: now, actor, event });
    }
  }
}
