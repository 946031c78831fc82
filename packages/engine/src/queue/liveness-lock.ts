import type { Clock } from '../ports/clock.ts';
import { servesNobody } from '../store/postgres/explain-postgres.ts';
import { holdLifeLock, type LifeConnection, type LifeLock } from './liveness-connection.ts';
import { PATIENCE } from './liveness-suspects.ts';

/** Milliseconds that each connection after a break may take. */
const AGAIN = 2_000;
/** Milliseconds before each of them. */
const REST = 250;
/** Milliseconds after which whoever has no lock lets go: sooner than others take it for dead. */
const GRACE = PATIENCE - 500;
/**
 * Milliseconds after a break of one's own in which nobody is judged: what broke it may have broken those of the others, who may be on
 * their way back. Until then the heartbeat has found whoever is dead.
 */
const UNSURE = 10_000;

export interface LivenessLockPorts {
  readonly url: string;
  readonly lock: LifeLock;
  readonly clock: Clock;
  /** Told once for each break that lasted: others may take this process for dead from now on. */
  readonly onLost: () => void;
  /** Told of what broke. */
  readonly onError: (error: unknown) => void;
}

/** Keeps this process' lock. A connection that breaks is opened again at once. */
export class LivenessLock {
  readonly #ports: LivenessLockPorts;
  readonly #closed = new AbortController();
  readonly #keeping: Promise<void>;
  #connection: LifeConnection;
  #held = true;
  /** Running time from which others may be judged. */
  #sureFrom = -Infinity;

  constructor(first: LifeConnection, ports: LivenessLockPorts) {
    this.#ports = ports;
    this.#connection = first;
    this.#keeping = this.#keep();
  }

  /** What is taken without it nobody may be told of: they would take it away. */
  isHeld(): boolean {
    return this.#held;
  }

  /** Whether it has been held for long enough to say of another one that it is dead. */
  mayJudge(): boolean {
    return this.#held && this.#ports.clock.running() >= this.#sureFrom;
  }

  /** As it is now: one that the database does not know of any more is to be broken off. */
  connection(): LifeConnection {
    return this.#connection;
  }

  async close(): Promise<void> {
    this.#closed.abort();
    await this.#connection.close();
    await this.#keeping;
  }

  async #keep(): Promise<void> {
    const { clock, onError } = this.#ports;
    for (;;) {
      const reason = await this.#connection.broken;
      if (this.#closed.signal.aborted) return;
      this.#held = false;
      onError(reason);
      await this.#comeBack();
      if (this.#closed.signal.aborted) return await this.#connection.close();
      this.#sureFrom = clock.running() + UNSURE;
      this.#held = true;
    }
  }

  /** Resolves when the lock is held again, or this is closed. */
  async #comeBack(): Promise<void> {
    const { url, lock, clock, onLost } = this.#ports;
    const arm = (): (() => void) => clock.after(GRACE, onLost);
    let cancel = arm();
    for (;;) {
      await clock.sleep(REST, this.#closed.signal);
      if (this.#closed.signal.aborted) return cancel();
      try {
        this.#connection = await holdLifeLock(url, lock, AGAIN);
        return cancel();
      } catch (error) {
        // Where nobody is served nobody is judged either: work goes on while the database is restarted.
        if (!servesNobody(error)) continue;
        cancel();
        cancel = arm();
      }
    }
  }
}
