import type { Clock } from '../ports/clock.ts';
import { BEAT, type Claim, type PgBossJobs } from './pg-boss-jobs.ts';

interface Ports {
  readonly clock: Clock;
  readonly jobs: PgBossJobs;
  readonly onError: (error: unknown, work: null) => void;
  /** What is kept now. */
  readonly claims: () => readonly Claim[];
  readonly onLost: (claim: Claim) => void;
}

/** Milliseconds after which a sign that did not get through is given again: soon, before somebody takes us for dead. */
const SOON = 500;

/** Says all the time that this process lives, and hears what was taken from it. */
export class SignsOfLife {
  readonly #ports: Ports;
  #cancel: () => void = () => {};
  #isOver = false;

  constructor(ports: Ports) {
    this.#ports = ports;
  }

  begin(ms = BEAT): void {
    // In running time, as all of this: with a clock that was set back it would be silent for an hour, and taken for dead.
    this.#cancel = this.#ports.clock.after(ms, () => {
      this.begin();
      void this.#give();
    });
  }

  end(): void {
    this.#isOver = true;
    this.#cancel();
  }

  /** A sign that did not get through says nothing of the claims. */
  async #give(): Promise<void> {
    const { jobs, claims, onLost, onError } = this.#ports;
    try {
      for (const claim of await jobs.beat(claims())) onLost(claim);
    } catch (error) {
      onError(error, null);
      if (this.#isOver) return;
      this.#cancel();
      this.begin(SOON);
    }
  }
}
