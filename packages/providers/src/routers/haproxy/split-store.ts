import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { RetryableError, TerminalError } from '@slipway/provider-kit';
import { idleSeconds } from './runtime-api.ts';
import type { StoredSplit } from './stored-split.ts';
import { nothingStored, storedSplit } from './stored-split.ts';

/** How long a worker may begin to send commands. */
const sendingMs = 3_000;
/**
 * How long the environment is a worker's: longer than it may send and HAProxy would listen to it. So the commands of a worker that
 * stalled, however late it goes on, are never carried out after those of the next one.
 */
const leaseMs = sendingMs + idleSeconds * 1_000 + 1_000;
const waitMs = 2 * leaseMs;
const busyMs = 5_000;

/** Milliseconds of a clock that all processes of this machine share and nobody can set. */
const clock = (): number => Number(process.hrtime.bigint() / 1_000_000n);

/** The right to change an environment's split. */
export interface Lease {
  readonly holder: string;
  readonly until: number;
}

/** What is kept of each environment, in a file that survives Slipway and HAProxy. */
export class SplitStore implements Disposable {
  readonly #database: DatabaseSync;
  readonly #path: string;

  /** Creates the file where there is none. */
  constructor(dataDirectory: string) {
    this.#path = join(dataDirectory, 'splits.db');
    this.#database = new DatabaseSync(this.#path, { timeout: busyMs });
    try {
      this.#database.exec('pragma journal_mode = wal; pragma synchronous = full');
      this.#database.exec(`create table if not exists splits (
        environment text primary key, stored text, seen text not null default '{}', holder text, until integer) strict`);
    } catch (thrown) {
      this.#database.close();
      throw isForeign(thrown) ? this.#unreadable() : thrown;
    }
  }

  /** Null where nothing was ever set. Throws TerminalError for what cannot be understood: to begin anew would accept any revision. */
  read(environment: string): StoredSplit | null {
    const text = this.#column(environment, 'stored');
    if (text === null) return null;
    const parsed = storedSplit.safeParse(parse(text));
    if (parsed.success) return parsed.data;
    throw this.#unreadable();
  }

  /** Requests that each server was last seen to have counted: fewer mean that somebody set the counters back. */
  seen(environment: string): Readonly<Record<string, number>> {
    return JSON.parse(this.#column(environment, 'seen') ?? '{}') as Record<string, number>;
  }

  see(environment: string, seen: Readonly<Record<string, number>>): void {
    this.#database.exec('pragma synchronous = normal');
    this.#database.prepare('update splits set seen = ? where environment = ?').run(JSON.stringify(seen), environment);
    this.#database.exec('pragma synchronous = full');
  }

  /** Runs `work` while nobody else changes the environment. Throws RetryableError when others keep it for too long. */
  async exclusively<T>(environment: string, signal: AbortSignal, work: (lease: Lease) => Promise<T>): Promise<T> {
    const lease = await this.#take(environment, signal);
    try {
      return await work(lease);
    } finally {
      this.#database
        .prepare('update splits set holder = null where environment = ? and holder = ?')
        .run(environment, lease.holder);
    }
  }

  /** On the disk when this returns. Throws RetryableError where the lease has passed to another. */
  save(environment: string, lease: Lease, stored: StoredSplit): void {
    this.refuseLate(lease);
    const { changes } = this.#database
      .prepare('update splits set stored = ? where environment = ? and holder = ?')
      .run(JSON.stringify(stored), environment, lease.holder);
    if (changes !== 1) throw late();
  }

  /** Throws RetryableError where it is too late to send HAProxy anything. */
  refuseLate({ until }: Lease): void {
    if (clock() > until - leaseMs + sendingMs) throw late();
  }

  [Symbol.dispose](): void {
    this.#database.close();
  }

  async #take(environment: string, signal: AbortSignal): Promise<Lease> {
    this.#database.prepare('insert or ignore into splits (environment) values (?)').run(environment);
    const holder = randomUUID();
    for (const giveUp = clock() + waitMs; clock() < giveUp; await sleep(50, undefined, { signal })) {
      signal.throwIfAborted();
      const now = clock();
      const until = now + leaseMs;
      // One further ahead than any lease lasts is of an earlier boot of this machine.
      const { changes } = this.#database
        .prepare(
          'update splits set holder = ?, until = ? where environment = ? and (holder is null or until < ? or until > ?)',
        )
        .run(holder, until, environment, now, until);
      if (changes === 1) return { holder, until };
    }
    throw new RetryableError(`Others keep changing the split of ${environment}`);
  }

  #unreadable(): TerminalError {
    return new TerminalError(
      `${this.#path} does not hold the splits of this Slipway: restore it, or remove it to start with nothing routed`,
    );
  }

  #column(environment: string, column: 'stored' | 'seen'): string | null {
    const row = this.#database.prepare(`select ${column} as value from splits where environment = ?`).get(environment);
    return typeof row?.['value'] === 'string' ? row['value'] : null;
  }
}

export function storedOrNothing(store: SplitStore, environment: string): StoredSplit {
  return store.read(environment) ?? nothingStored;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** SQLITE_CORRUPT and SQLITE_NOTADB. */
function isForeign(thrown: unknown): boolean {
  return thrown instanceof Error && 'errcode' in thrown && (thrown.errcode === 11 || thrown.errcode === 26);
}

function late(): RetryableError {
  return new RetryableError('This change of the split took too long and was given up: another may have begun since');
}
