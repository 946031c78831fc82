import type { Dispatcher } from 'undici';
import { Pool } from 'undici';

const connectTimeoutMs = 5_000;
/** Where a version names no time for idle connections: short, for one that it closes while we send on it is a failed request. */
const idleMs = 1_000;

export const maxHeaderBytes = 65_536;

/**
 * Kept-alive connections to the versions' addresses, opened on demand. By undici: a request through it takes half the processor time
 * that it takes through node:http's client (and so through the proxy libraries above that), and it says whether anything was sent.
 */
export class Upstreams {
  readonly #pools = new Map<string, Pool>();

  of(address: string): Dispatcher {
    const known = this.#pools.get(address);
    if (known !== undefined) return known;
    const fresh = new Pool(`http://${address}`, {
      connectTimeout: connectTimeoutMs,
      keepAliveTimeout: idleMs,
      maxHeaderSize: maxHeaderBytes,
      // The exchange has a deadline of its own, and a body may take as long as it likes.
      headersTimeout: 0,
      bodyTimeout: 0,
    });
    this.#pools.set(address, fresh);
    return fresh;
  }

  /** Lets go of all other addresses; what is in flight to them ends in its own time. */
  async retain(addresses: ReadonlySet<string>): Promise<void> {
    const others = [...this.#pools].filter(([address]) => !addresses.has(address));
    for (const [address] of others) this.#pools.delete(address);
    await Promise.allSettled(others.map(([, pool]) => pool.close()));
  }

  /** Breaks off what is in flight. */
  async destroy(): Promise<void> {
    const pools = [...this.#pools.values()];
    this.#pools.clear();
    await Promise.allSettled(pools.map((pool) => pool.destroy()));
  }
}
