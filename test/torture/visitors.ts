import { setTimeout as pass } from 'node:timers/promises';

/** What those who came through the router met. */
export interface Visits {
  readonly asked: number;
  /** Requests without a good answer, in words. */
  readonly lost: readonly string[];
  /** Versions that answer once all is over. */
  readonly servedBy: readonly string[];
}

/** Between two requests, in milliseconds. */
const REST = 10;
const PATIENCE = 10_000;
/** Requests at the end: of two versions with half of the traffic each, one stays unseen once in half a million times. */
const LAST = 20;

/** One request after the other through a router, for as long as a flight lasts, whatever becomes of its server. */
export class Visitors {
  readonly #url: string;
  readonly #visiting: Promise<void>;
  readonly #lost: string[] = [];
  #asked = 0;
  #leaving = false;

  constructor(port: number) {
    this.#url = `http://127.0.0.1:${port}`;
    this.#visiting = this.#visit();
  }

  async #visit(): Promise<void> {
    while (!this.#leaving) {
      await this.#ask();
      await pass(REST);
    }
  }

  /** The version that answered. */
  async #ask(): Promise<string> {
    this.#asked += 1;
    try {
      const answer = await fetch(this.#url, { signal: AbortSignal.timeout(PATIENCE) });
      await answer.arrayBuffer();
      if (!answer.ok) this.#lost.push(`HTTP ${answer.status}`);
      return answer.headers.get('x-slipway-version') ?? 'nobody';
    } catch (error) {
      this.#lost.push(String(error));
      return 'nobody';
    }
  }

  /** Stops visiting, then asks who serves. */
  async leave(): Promise<Visits> {
    this.#leaving = true;
    await this.#visiting;
    const served = new Set<string>();
    for (let asked = 0; asked < LAST; asked += 1) served.add(await this.#ask());
    return { asked: this.#asked, lost: this.#lost, servedBy: [...served].toSorted() };
  }
}
