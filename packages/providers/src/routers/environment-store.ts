import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { RetryableError, TerminalError } from '@slipway/provider-kit';
import type { z } from 'zod';

const busyMs = 5_000;

/** Milliseconds of a clock that all processes of this machine share and nobody can set. */
const clock = (): number => Number(process.hrtime.bigint() / 1_000_000n);

/** The right to change an environment's split. */
export interface Lease {
  readonly holder: string;
  readonly until: number;
}

export interface StoreForm<Stored, Seen> {
  readonly stored: z.ZodType<Stored>;
  readonly seen: z.ZodType<Seen>;
  /** Milliseconds in which a worker may begin to change anything; Infinity where it is kept from that by other means. */
  readonly changingMs: number;
  /** Milliseconds until another may take the environment over: longer than what a worker began can still have an effect. */
  readonly leaseMs: number;
}

/** What is kept of each environment, in a file that survives Slipway and the router. */
export class EnvironmentStore<Stored, Seen> implements Disposable {
  readonly #database: DatabaseSync;
  readonly #path: string;
  readonly #form: StoreForm<Stored, Seen>;

  /** Creates the file where there is none. */
  constructor(dataDirectory: string, form: StoreForm<Stored, Seen>) {
    this.#form = form;
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
  read(environment: string): Stored | null {
    const text = this.#column(environment, 'stored');
    if (text === null) return null;
    const parsed = this.#form.stored.safeParse(parse(text));
    if (parsed.success) return parsed.data;
    throw this.#unreadable();
  }

  /** What was last seen of the router's counting; empty where nothing was. Throws TerminalError for what cannot be understood. */
  seen(environment: string): Seen {
    const parsed = this.#form.seen.safeParse(parse(this.#column(environment, 'seen') ?? '{}'));
    if (parsed.success) return parsed.data;
    throw this.#unreadable();
  }

  see(environment: string, seen: Seen): void {
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
  save(environment: string, lease: Lease, stored: Stored): void {
    this.refuseLate(lease);
    const { changes } = this.#database
      .prepare('update splits set stored = ? where environment = ? and holder = ?')
      .run(JSON.stringify(stored), environment, lease.holder);
    if (changes !== 1) throw late();
  }

  /** Throws RetryableError where the lease has passed to another. */
  refuseLost(environment: string, { holder }: Lease): void {
    const row = this.#database.prepare('select holder from splits where environment = ?').get(environment);
    if (row?.['holder'] !== holder) throw late();
  }

  /** Throws RetryableError where it is too late to change anything. */
  refuseLate({ until }: Lease): void {
    const { leaseMs, changingMs } = this.#form;
    if (clock() > until - leaseMs + changingMs) throw late();
  }

  [Symbol.dispose](): void {
    this.#database.close();
  }

  async #take(environment: string, signal: AbortSignal): Promise<Lease> {
    this.#database.prepare('insert or ignore into splits (environment) values (?)').run(environment);
    const holder = randomUUID();
    const { leaseMs } = this.#form;
    for (const giveUp = clock() + 2 * leaseMs; clock() < giveUp; await sleep(50, undefined, { signal })) {
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

/** What a late worker is told. */
export function late(): RetryableError {
  return new RetryableError('This change of the split took too long and was given up: another may have begun since');
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
