import { randomInt } from 'node:crypto';
import type { JobAttempt } from 'pg-boss';
import type { Clock } from '../ports/clock.ts';
import type { Database } from '../ports/database.ts';
import { holdLifeLock, type LifeConnection, type LifeLock, lockSpace, MOST_LOCKS } from './liveness-connection.ts';
import { holderOf, readLocks, releaseHeld } from './liveness-holders.ts';
import { LivenessLock } from './liveness-lock.ts';
import { deadOf, type Suspects, suspectsOf } from './liveness-suspects.ts';

/** Milliseconds between two looks at the others' locks. */
export const LOOK = 1_000;
/** Milliseconds that the first connection may take. */
const FIRST = 10_000;

export interface LivenessPorts {
  /** Of openPostgresDatabase, at `url`. */
  readonly database: Database;
  readonly url: string;
  readonly clock: Clock;
  /** Processes that share it look after each other. */
  readonly schema: string;
  /** Gives back those of a dead process that are still as they were. */
  readonly giveBack: (claims: readonly JobAttempt[]) => Promise<void>;
  /** Told of what is tried again by itself. */
  readonly onError: (error: unknown) => void;
}

export interface LivenessListener {
  /** Something was given back. */
  readonly onGivenBack: () => void;
  /** Others may take this process for dead, and take what is noted as its own. */
  readonly onLost: () => void;
}

/**
 * Finds out within three seconds that a process has died, where a heartbeat takes ten: each holds a lock that PostgreSQL frees when its
 * connection is gone, and each looks whether those of the others are free. One that stands still keeps its lock; it is left to the
 * heartbeat, and so is everybody whose machine or network vanished without a word.
 */
export class Liveness {
  readonly #ports: LivenessPorts;
  readonly #lock: LifeLock;
  readonly #kept: LivenessLock;
  readonly #closed = new AbortController();
  #listener: LivenessListener = { onGivenBack: () => {}, onLost: () => {} };
  #watching: Promise<void> | null = null;
  #suspects: Suspects = new Map();

  private constructor(ports: LivenessPorts, lock: LifeLock, connection: LifeConnection) {
    this.#ports = ports;
    this.#lock = lock;
    this.#kept = new LivenessLock(connection, { ...ports, lock, onLost: () => this.#listener.onLost() });
  }

  /** Rejects with StorageError when the database cannot be used. */
  static async open(ports: LivenessPorts): Promise<Liveness> {
    const lock = { space: lockSpace(ports.schema), process: randomInt(1, MOST_LOCKS) };
    return new Liveness(ports, lock, await holdLifeLock(ports.url, lock, FIRST));
  }

  /** Begins to look after the others. */
  begin(listener: LivenessListener): void {
    this.#listener = listener;
    this.#watching ??= this.#watch();
  }

  /** What to note of a claim that this process took just now; null: nothing, the heartbeat alone speaks for it. */
  holderOf(claim: JobAttempt): string | null {
    return this.#kept.isHeld() ? holderOf(this.#lock, claim) : null;
  }

  /** From now on this process is as dead: to be called when it has given back what it had. */
  async close(): Promise<void> {
    this.#closed.abort();
    await this.#watching;
    await this.#kept.close();
  }

  async #watch(): Promise<void> {
    const { clock, onError } = this.#ports;
    while (!this.#closed.signal.aborted) {
      try {
        await this.#look();
      } catch (error) {
        // Of what was not seen nothing is known.
        this.#suspects = new Map();
        onError(error);
      }
      await clock.sleep(LOOK, this.#closed.signal);
    }
  }

  async #look(): Promise<void> {
    const { database, clock, giveBack } = this.#ports;
    const connection = this.#kept.connection();
    const asked = clock.running();
    const { own, free } = await readLocks(database, this.#lock);
    const time = { asked, answered: clock.running() };
    if (!own) connection.breakOff(new Error('The database does not know of the lock of this process any more.'));
    this.#suspects = own && this.#kept.mayJudge() ? suspectsOf(this.#suspects, free, time) : new Map();
    const dead = deadOf(this.#suspects, time);
    for (const process of dead) await releaseHeld(database, process, giveBack);
    if (dead.length > 0) this.#listener.onGivenBack();
  }
}
