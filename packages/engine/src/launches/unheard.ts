import type { Clock } from '../ports/clock.ts';
import type { LaunchStore } from '../ports/launch-store.ts';

/** Milliseconds of running time between two comparisons: for as long may a change that nobody told of go unheard. */
export const COMPARE = 2_000;

interface Ports {
  readonly store: Pick<LaunchStore, 'versions'>;
  readonly clock: Clock;
  /** Launches that somebody here looks at or works on. */
  readonly wanted: () => readonly string[];
  /** The version as this process has it in memory; null: it has not. */
  readonly known: (launch: string) => number | null;
  readonly hear: (launch: string, version: number) => void;
  readonly onError: (error: unknown, what: string) => void;
}

/**
 * Finds what other processes changed and this one was not told of: its connection may have been broken, and they may have died between
 * the commit and the telling.
 */
export class Unheard {
  readonly #ports: Ports;
  /** Versions of the last comparison: of what is looked at and not in memory, such as a launch that has ended. */
  #seen = new Map<string, number>();

  constructor(ports: Ports) {
    this.#ports = ports;
  }

  /** Until the signal aborts. */
  async keepComparing(signal: AbortSignal): Promise<void> {
    const { clock, onError } = this.#ports;
    for (;;) {
      await clock.sleep(COMPARE, signal);
      if (signal.aborted) return;
      await this.#compare().catch((error: unknown) => onError(error, 'what other servers changed cannot be read'));
    }
  }

  async #compare(): Promise<void> {
    const { store, wanted, known, hear } = this.#ports;
    const ids = [...new Set(wanted())];
    if (ids.length === 0) return this.#seen.clear();
    const versions = await store.versions(ids);
    const before = this.#seen;
    this.#seen = new Map(versions);
    for (const [id, version] of versions) if ((known(id) ?? before.get(id) ?? 0) < version) hear(id, version);
  }
}
