import type { Clock, TokenRow, Tokens } from '@slipway/engine';

export interface KnownTokensPorts {
  readonly tokens: Pick<Tokens, 'findByHash' | 'all'>;
  readonly clock: Clock;
  /** Told that the tokens could not be read: those that were known go on. */
  readonly onError: (error: unknown) => void;
}

/** How soon what was revoked is forgotten, in milliseconds. */
const EVERY = 10_000;
/** Milliseconds that the database has to say whose token it is. */
const PATIENCE = 300;

/**
 * Whose tokens are whose, also while the database is gone: nobody can revoke one then, and a way back must not wait for it. Where the
 * database answers, its word is what counts.
 */
export class KnownTokens {
  readonly #ports: KnownTokensPorts;
  #byHash: ReadonlyMap<string, TokenRow> = new Map();

  constructor(ports: KnownTokensPorts) {
    this.#ports = ports;
  }

  /** Reads them, and keeps them fresh until the signal. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.#read().catch(this.#ports.onError);
      await this.#ports.clock.sleep(EVERY, signal);
    }
  }

  /** null: there is none. Rejects where the database does not answer and the token was not known before. */
  async findByHash(hash: string): Promise<TokenRow | null> {
    const { tokens, clock } = this.#ports;
    const asked = tokens.findByHash(hash);
    const known = this.#byHash.get(hash);
    if (known === undefined) return await asked;
    const heard = new AbortController();
    const late = clock.sleep(PATIENCE, heard.signal).then(() => known);
    return await Promise.race([asked.catch(() => known), late]).finally(() => heard.abort());
  }

  async #read(): Promise<void> {
    const rows = await this.#ports.tokens.all();
    this.#byHash = new Map(rows.map(({ hash, ...row }) => [hash, row]));
  }
}
