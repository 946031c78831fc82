import { COMPARE } from '../launches/unheard.ts';
import type { Clock } from '../ports/clock.ts';
import type { FlagStore } from '../ports/flag-store.ts';

interface Ports {
  readonly store: Pick<FlagStore, 'versions'>;
  readonly clock: Clock;
  /** The database answered. The next look does not wait for what it sets in motion. */
  readonly onVersions: (versions: ReadonlyMap<string, number>) => void;
  readonly onError: (error: unknown, what: string) => void;
}

/** Asks the database again and again which version each set has: finds what nobody told of, and that the database is gone. */
export class Comparing {
  readonly #ports: Ports;
  readonly #over = new AbortController();
  #looking: Promise<void> | null = null;
  /** Of the look under way: when it began, in epoch ms and in running time. */
  #asked: { readonly at: number; readonly running: number } | null = null;
  #goneSince: number | null = null;
  #keeping: Promise<void> = Promise.resolve();

  constructor(ports: Ports) {
    this.#ports = ports;
  }

  start(): void {
    this.#keeping = this.#keep();
  }

  async stop(): Promise<void> {
    this.#over.abort();
    await this.#keeping;
    await this.#looking;
  }

  /** Now, unless it is being looked. Never rejects. */
  look(): Promise<void> {
    this.#looking ??= this.#look().finally(() => (this.#looking = null));
    return this.#looking;
  }

  /** Also where the database has not said no, but nothing at all for as long as from one look to the next. */
  staleSince(): number | null {
    if (this.#goneSince !== null || this.#asked === null) return this.#goneSince;
    return this.#ports.clock.running() - this.#asked.running >= COMPARE ? this.#asked.at : null;
  }

  async #keep(): Promise<void> {
    for (;;) {
      await this.#ports.clock.sleep(COMPARE, this.#over.signal);
      if (this.#over.signal.aborted) return;
      await this.look();
    }
  }

  async #look(): Promise<void> {
    const { store, clock, onVersions, onError } = this.#ports;
    const at = clock.now();
    this.#asked = { at, running: clock.running() };
    try {
      const versions = await store.versions();
      this.#goneSince = null;
      onVersions(versions);
    } catch (error) {
      this.#goneSince ??= at;
      onError(error, 'what other servers changed of feature flags cannot be read; what was known last is served');
    } finally {
      this.#asked = null;
    }
  }
}
