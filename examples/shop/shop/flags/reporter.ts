import { randomUUID } from 'node:crypto';
import type { Outcome, Outcomes } from './outcomes.ts';

/** Where Slipway is, and with which key it is asked. */
export interface FlagServer {
  /** Such as `http://127.0.0.1:7070`. */
  readonly url: string;
  readonly key: string;
}

interface Batch {
  readonly batch: string;
  readonly outcomes: readonly Outcome[];
}

const EVERY = 1000;
const PATIENCE = 3000;

/** Tells Slipway each second how checkouts ended. */
export class Reporter {
  readonly #server: FlagServer;
  readonly #outcomes: Outcomes;
  readonly #timer: NodeJS.Timeout;
  /** Not yet taken. It is sent again as it is, under the same name: Slipway counts it once. */
  #batch: Batch | null = null;
  #sending: Promise<void> | null = null;
  #trouble = '';

  constructor(server: FlagServer, outcomes: Outcomes) {
    this.#server = server;
    this.#outcomes = outcomes;
    this.#timer = setInterval(() => void this.#tell(), EVERY).unref();
  }

  /** Sends what is left, once. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#tell();
    // What was sent the first time may have been the batch before the last.
    await this.#tell();
  }

  #tell(): Promise<void> {
    this.#sending ??= this.#send().finally(() => {
      this.#sending = null;
    });
    return this.#sending;
  }

  async #send(): Promise<void> {
    this.#batch ??= this.#next();
    if (this.#batch === null) return;
    const trouble = await this.#post(this.#batch);
    if (trouble === null) this.#batch = null;
    if (trouble !== null && trouble !== this.#trouble) console.error(`outcomes wait to be reported: ${trouble}`);
    this.#trouble = trouble ?? '';
  }

  #next(): Batch | null {
    const outcomes = this.#outcomes.take();
    return outcomes.length === 0 ? null : { batch: randomUUID(), outcomes };
  }

  /** Why it was not taken; null: it was. */
  async #post(batch: Batch): Promise<string | null> {
    try {
      const response = await fetch(new URL('/ofrep/v1/outcomes', this.#server.url), {
        method: 'POST',
        headers: { authorization: `Bearer ${this.#server.key}`, 'content-type': 'application/json' },
        body: JSON.stringify(batch),
        signal: AbortSignal.timeout(PATIENCE),
      });
      await response.body?.cancel();
      return response.ok ? null : `the flag server answers ${response.status}`;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }
}
