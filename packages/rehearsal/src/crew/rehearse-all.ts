import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { type Rehearsed, rehearsedBy } from '../report/rehearsed.ts';
import type { Beginning } from '../run/beginning.ts';
import { rehearseScenario, type Stage } from '../run/rehearse-scenario.ts';
import type { Scenario } from '../scenario/fault.ts';
import type { Asked, Handed } from './handed.ts';

/** More threads than that would wait for each other's memory. */
const MOST_HANDS = 8;
/** To begin a thread takes as long as some thousand events. */
const WORTH_A_HAND = 10_000;

export interface Crewed {
  readonly stage: Stage;
  readonly scenarios: readonly Scenario[];
  readonly beginning: Beginning;
  /** Threads besides this one. */
  readonly hands: number;
  /** Told before each scenario. */
  readonly onProgress: (index: number, id: string) => void;
}

/** How many threads besides this one are worth their beginning. `events`: about how many the scenarios have together. */
export function handsFor(events: number): number {
  return Math.min(availableParallelism() - 1, MOST_HANDS, Math.floor(events / WORTH_A_HAND));
}

/**
 * All scenarios, in their order whoever rehearsed them: none knows of another, so that it does not matter where each is rehearsed.
 * Rejects where the engine itself fails.
 */
export async function rehearseAll(crewed: Crewed): Promise<readonly Rehearsed[]> {
  const crew = new Crew(crewed);
  try {
    return await crew.rehearse();
  } finally {
    await crew.end();
  }
}

class Crew {
  readonly #crewed: Crewed;
  readonly #left: Asked[];
  readonly #done: Rehearsed[] = [];
  readonly #hands: Worker[] = [];
  #asked = 0;

  constructor(crewed: Crewed) {
    this.#crewed = crewed;
    this.#left = crewed.scenarios.map((scenario, index) => ({ index, scenario }));
  }

  async rehearse(): Promise<readonly Rehearsed[]> {
    const hands = Array.from({ length: this.#crewed.hands }, () => this.#withHand());
    await Promise.all([this.#here(), ...hands]);
    // What a hand left undone.
    await this.#here();
    return this.#done;
  }

  async end(): Promise<void> {
    await Promise.all(this.#hands.map((hand) => hand.terminate()));
  }

  #next(): Asked | undefined {
    const asked = this.#left.shift();
    if (asked === undefined) return undefined;
    this.#asked += 1;
    this.#crewed.onProgress(this.#asked, asked.scenario.id);
    return asked;
  }

  async #here(): Promise<void> {
    const { stage, beginning } = this.#crewed;
    for (let asked = this.#next(); asked !== undefined; asked = this.#next())
      this.#done[asked.index] = rehearsedBy(await rehearseScenario(stage, asked.scenario, { beginning }));
  }

  /** Until nothing is left to do, or the thread ends: what it had in hand is done by others. */
  async #withHand(): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const hand = new Worker(new URL('./hand.ts', import.meta.url), { workerData: this.#crewed.stage });
    this.#hands.push(hand);
    let inHand: Asked | undefined;
    const give = (): void => {
      inHand = this.#next();
      if (inHand === undefined) resolve();
      else hand.postMessage(inHand);
    };
    const leave = (): void => {
      if (inHand !== undefined) this.#left.push(inHand);
      inHand = undefined;
      resolve();
    };
    hand.on('message', (handed: Handed) => {
      if (!handed.ok) return reject(handed.error);
      this.#done[handed.index] = handed.rehearsed;
      give();
    });
    hand.on('error', leave);
    hand.on('exit', leave);
    give();
    return await promise;
  }
}
