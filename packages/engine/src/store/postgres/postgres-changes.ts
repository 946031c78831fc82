import { type ChangeListener, type Changes, isBroadcastable } from '../../ports/changes.ts';
import type { Clock } from '../../ports/clock.ts';
import { ChangeListeners } from '../change-listeners.ts';
import { parts } from '../parts.ts';
import { DEFAULT_SCHEMA } from './connect.ts';
import { GatheredChanges } from './gathered-changes.ts';
import { type Listening, type ListeningTo, startListening } from './listening.ts';
import { postgresAddress } from './postgres-address.ts';

export interface PostgresChangesOptions {
  /** The schema of the database's tables: those of another one are told of apart. */
  readonly schema?: string;
  /** Told of listeners that throw, and of a connection that broke; the latter comes back by itself. */
  readonly onError?: (error: unknown) => void;
}

/**
 * Changes and broadcasts by NOTIFY and LISTEN, both on a connection of its own: in the appending transaction NOTIFY would have all
 * commits of all processes wait for each other, because PostgreSQL orders them by one lock. When the connection comes back after a
 * break, listeners are told that anything may have changed. What could not be told meanwhile is not made up for.
 * Rejects with StorageError, as openPostgresDatabase does, when the first connection cannot be opened.
 */
export async function createPostgresChanges(
  url: string,
  clock: Clock,
  options: PostgresChangesOptions = {},
): Promise<Changes> {
  const { schema = DEFAULT_SCHEMA, onError = () => {} } = options;
  const listeners = new ChangeListeners<Parameters<ChangeListener>>(onError);
  const hearers = new ChangeListeners<[string]>(onError);
  const [changed, said] = [`${schema}_changes`, `${schema}_live`];
  const onNotice = (channel: string, payload: string): void =>
    channel === said ? hearers.tell(payload) : listeners.tell(...changeOf(payload));
  const to: ListeningTo = { url, address: postgresAddress(url), channels: [changed, said], clock, onNotice };
  return new Feed(await startListening(to), { to, changed, said, listeners, hearers, onError });
}

/** Of "version launch", where the version may be empty. */
function changeOf(payload: string): Parameters<ChangeListener> {
  const end = payload.indexOf(' ');
  const version = payload.slice(0, end);
  return [payload.slice(end + 1), version === '' ? null : Number(version)];
}

interface Ports {
  readonly to: ListeningTo;
  /** The channels of changes and of broadcasts. */
  readonly changed: string;
  readonly said: string;
  readonly listeners: ChangeListeners<Parameters<ChangeListener>>;
  readonly hearers: ChangeListeners<[string]>;
  readonly onError: (error: unknown) => void;
}

/** Broadcasts of one statement. */
const MOST_AT_ONCE = 500;

/** Milliseconds before a broken connection is opened again, doubled each time up to the longest. */
const FIRST_REST = 250;
const LONGEST_REST = 5_000;

class Feed implements Changes {
  readonly #ports: Ports;
  readonly #closed = new AbortController();
  readonly #changes: GatheredChanges;
  readonly #keeping: Promise<void>;
  #listening: Listening;

  constructor(first: Listening, ports: Ports) {
    this.#listening = first;
    this.#ports = ports;
    this.#changes = new GatheredChanges(ports.to.clock, (payloads) => this.#tell(payloads));
    this.#keeping = this.#keep();
  }

  publish(launch: string, version?: number): void {
    if (!this.#closed.signal.aborted) this.#changes.add(launch, version ?? null);
  }

  /** A connection that broke is told of and opened again elsewhere. */
  async #tell(payloads: readonly string[]): Promise<void> {
    await this.#listening.notify(this.#ports.changed, payloads.filter(isBroadcastable)).catch(() => {});
  }

  listen(listener: ChangeListener): () => void {
    return this.#ports.listeners.add(listener);
  }

  async broadcast(...messages: readonly string[]): Promise<void> {
    for (const some of parts(messages.filter(isBroadcastable), MOST_AT_ONCE)) {
      if (this.#closed.signal.aborted) return;
      // A connection that broke is told of and opened again elsewhere.
      await this.#listening.notify(this.#ports.said, some).catch(() => {});
    }
  }

  onBroadcast(listener: (message: string) => void): () => void {
    return this.#ports.hearers.add(listener);
  }

  async close(): Promise<void> {
    this.#ports.listeners.clear();
    this.#ports.hearers.clear();
    this.#closed.abort();
    // The others are told of what was changed before.
    await this.#changes.told();
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
      listeners.tell(null, null);
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
