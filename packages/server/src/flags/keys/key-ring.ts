import type { Clock, FlagKeyRow, FlagKeys } from '@slipway/engine';
import { hashFlagKey, isFlagKey } from './key-text.ts';

/** A key that opens a flag set. The same object for as long as the key is there. */
export interface RingKey extends FlagKeyRow {
  readonly hash: string;
}

export interface KeyRingPorts {
  readonly keys: Pick<FlagKeys, 'all'>;
  readonly clock: Clock;
  /** Told that the keys could not be read: those that were known go on. */
  readonly onError: (error: unknown) => void;
}

/** How soon a key that another server made or revoked is known here, in milliseconds. */
const REFRESH_EVERY = 2_000;
/** A key that nobody knows has the database asked no more often, in milliseconds: anybody may send one. */
const ASK_AT_MOST_EVERY = 250;
/** More of them do not wait for that: they come again. */
const MOST_WAITING = 1_000;

/** All evaluation keys, in memory: flags are served while the database is away. */
export class KeyRing {
  readonly #ports: KeyRingPorts;
  #byHash: ReadonlyMap<string, RingKey> = new Map();
  #byId: ReadonlyMap<string, RingKey> = new Map();
  readonly #listeners = new Set<(key: RingKey) => void>();
  #reading: Promise<void> | null = null;
  /** The read that has not begun, for which unknown keys wait. */
  #next: Promise<boolean> | null = null;
  #waiting = 0;
  #readAt = Number.NEGATIVE_INFINITY;
  #cancel: () => void = () => {};
  readonly #closing = new AbortController();

  constructor(ports: KeyRingPorts) {
    this.#ports = ports;
  }

  /** Loads the keys and keeps them fresh until it is closed. Rejects where they cannot be read now. */
  async open(): Promise<void> {
    await this.#read();
    this.#again();
  }

  close(): void {
    this.#closing.abort();
    this.#cancel();
  }

  /** Out of memory. null: not known here, as yet. */
  find(text: string): RingKey | null {
    return isFlagKey(text) ? (this.#byHash.get(hashFlagKey(text)) ?? null) : null;
  }

  byId(id: string): RingKey | null {
    return this.#byId.get(id) ?? null;
  }

  /**
   * As `find`, having asked the database about a key that is not known: another server may just have made it. Such keys wait for one
   * read together, which anybody can cause four times a second and no more. 'later': nothing is known, as too many wait, the
   * database does not answer, or it closes.
   */
  async look(text: string): Promise<RingKey | 'later' | null> {
    const known = this.find(text);
    if (known !== null || !isFlagKey(text)) return known;
    if (this.#waiting >= MOST_WAITING) return 'later';
    this.#waiting += 1;
    const isRead = await (this.#next ??= this.#readNext());
    this.#waiting -= 1;
    return this.find(text) ?? (isRead ? null : 'later');
  }

  /** Reads them now: after a key was made or revoked. Never rejects. */
  async refresh(): Promise<void> {
    // What is being read may be older than the change.
    if (this.#reading !== null) await this.#readOrSay();
    await this.#readOrSay();
  }

  /** Told of each key that is revoked; returns the way to stop. */
  onRevoked(listener: (key: RingKey) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #again(): void {
    if (this.#closed) return;
    this.#cancel = this.#ports.clock.after(REFRESH_EVERY, () => void this.#readOrSay().then(() => this.#again()));
  }

  get #closed(): boolean {
    return this.#closing.signal.aborted;
  }

  /** Never with whoever reads already, which may be older than the key. false: it could not be read. Never rejects. */
  async #readNext(): Promise<boolean> {
    // Whoever asks first has to keep this promise before it lets go of it.
    await Promise.resolve();
    const wait = (): number => this.#readAt + ASK_AT_MOST_EVERY - this.#ports.clock.running();
    while (!this.#closed && (this.#reading !== null || wait() > 0)) {
      if (this.#reading !== null) await this.#readOrSay();
      else await this.#ports.clock.sleep(wait(), this.#closing.signal);
    }
    this.#next = null;
    return !this.#closed && (await this.#readOrSay());
  }

  /** With whoever reads already. false: it could not be read. */
  async #readOrSay(): Promise<boolean> {
    try {
      await this.#read();
      return true;
    } catch (error) {
      this.#ports.onError(error);
      return false;
    }
  }

  #read(): Promise<void> {
    return (this.#reading ??= this.#readNow().finally(() => (this.#reading = null)));
  }

  async #readNow(): Promise<void> {
    this.#readAt = this.#ports.clock.running();
    const rows = await this.#ports.keys.all();
    const before = this.#byHash;
    const kept = rows.map((row) => {
      const known = before.get(row.hash);
      return known !== undefined && known.id === row.id && known.set === row.set && known.kind === row.kind
        ? known
        : row;
    });
    this.#byHash = new Map(kept.map((key) => [key.hash, key]));
    this.#byId = new Map(kept.map((key) => [key.id, key]));
    for (const key of before.values())
      if (this.#byHash.get(key.hash) !== key) for (const listener of this.#listeners) listener(key);
  }
}
