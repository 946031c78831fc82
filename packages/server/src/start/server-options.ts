import type { Logger } from 'pino';
import type { Address } from '../local/address.ts';

export interface ServerOptions {
  readonly listen: Address;
  /** Absolute folder under which plans must lie. */
  readonly workspace: string;
  /** Absolute folder of the server's data; null: in memory, nothing is kept and no launch can be started. */
  readonly dataDirectory: string | null;
  readonly logger: Logger;
  readonly environment: Readonly<Record<string, string | undefined>>;
}
