import type { Changed, Changes } from '../../ports/changes.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Queryable } from '../../ports/database.ts';
import { ChangeListeners } from '../change-listeners.ts';
import { DEFAULT_SCHEMA } from './connect.ts';
import { type Listening, type ListeningTo, startListening } from './listening.ts';
import { postgresAddress } from './postgres-address.ts';

export interface PostgresChangesOptions {
  /** The schema of the database's tables: those of another one are told of apart. */
  readonly schema?: string;
  /** Told of listeners that throw, and of a connection that broke; the latter comes back by itself. */
  readonly onError?: (error: unknown) => void;
}

/**
 * Changes by NOTIFY, which is part of the appending transaction, and LISTEN on a connection of its own. When that one comes back
 * after a break, listeners are told that anything may have changed.
 * Rejects with StorageError, as openPostgresDatabase does, when the first connection cannot be opened.
 */
export async function createPostgresChanges(
  url: string,
  clock: Clock,
  options: PostgresChangesOptions = {},
): Promise<Changes> {
  const { schema = DEFAULT_SCHEMA, onError = () => {} } = options;
  const listeners = new ChangeListeners(onError);
  const onNotice = (launch: string): void => listeners.tell(launch);
  const channel = `${schema}_changes`;
  const to: ListeningTo = { url, address: postgresAddress(url), channel, clock, onNotice };
  return new Feed(await startListening(to), { to, listeners, onError });
}

interface Ports {
  readonly to: ListeningTo;
  readonly listeners: ChangeListeners;
  readonly onError: (error: unknown) => void;
}

/** Milliseconds before a broken connection is opened again, doubled each time up to the longest. */
const FIRST_REST = 250;
const LONGEST_REST = 5_000;

class Feed implements Changes {
  readonly #ports: Ports;
  readonly #closed = new AbortController();
  readonly #keeping: Promise<void>;
  #listening: Listening;

  constructor(first: Listening, ports: Ports) {
    this.#listening = first;
    this.#ports = ports;
    this.#keeping = this.#keep();
  }

  async publish(tx: Queryable, launch: string): Promise<void> {
    await tx.query('select pg_notify(?1, ?2)', [this.#ports.to.channel, launch]);
  }

  listen(listener: (launch: Changed) => void): () => void {
    return this.#ports.listeners.add(listener);
  }

  async close(): Promise<void> {
    this.#ports.listeners.clear();
    this.#closed.abort();
    await this.#listening.close();
    await this.#keeping;
  }

  async #keep(): Promise<void> {
    const { listeners, onError } = this.#ports;
    for (;;) {
      const reason = await this.#listening.broken;
      if (this.#closed.signal.aborted) return;
      onError(reason);
      await this.#comeBack();
      if (this.#closed.signal.aborted) return await this.#listening.close();
      listeners.tell(null);
    }
  }

  /** Resolves when there is a connection again, or the feed is closed. */
  async #comeBack(): Promise<void> {
    for (let rest = FIRST_REST; ; rest = Math.min(rest * 2, LONGEST_REST)) {
      await this.#ports.to.clock.sleep(rest, this.#closed.signal);
      if (this.#closed.signal.aborted) return;
      const again = await startListening(this.#ports.to).catch(() => null);
      if (again === null) continue;
      this.#listening = again;
      return;
    }
  }
}
