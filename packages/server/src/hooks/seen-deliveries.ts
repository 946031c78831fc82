import type { HookDeliveries } from '@slipway/engine';

/** Deliveries kept in mind; what is forgotten is asked of the database. */
const MOST = 10_000;

/** What has been heard, so that it is not heard again: here, and by every server on the same database. */
export class SeenDeliveries {
  readonly #stored: HookDeliveries;
  /** Until when, by sender and id; the oldest first. */
  readonly #until = new Map<string, number>();

  constructor(stored: HookDeliveries) {
    this.#stored = stored;
  }

  async has(sender: string, id: string, now: number): Promise<boolean> {
    const until = this.#until.get(`${sender} ${id}`);
    return until === undefined ? await this.#stored.has(sender, id, now) : until > now;
  }

  /** Kept in mind where the database has it. */
  async keep(sender: string, id: string, times: { readonly now: number; readonly until: number }): Promise<void> {
    await this.#stored.keep(sender, id, times);
    const key = `${sender} ${id}`;
    this.#until.delete(key);
    this.#until.set(key, times.until);
    const [oldest] = this.#until.keys();
    if (this.#until.size > MOST && oldest !== undefined) this.#until.delete(oldest);
  }
}
