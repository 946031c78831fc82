import type { Logger } from 'pino';
import type { FlagLimits } from '../flags/index.ts';
import type { FlagSync } from '../flags/sync/flag-sync.ts';
import type { HookKeys } from '../hooks/hook-keys.ts';
import type { Address } from '../local/address.ts';

export interface ServerOptions {
  readonly listen: Address;
  /** Absolute folder under which plans must lie. */
  readonly workspace: string;
  /** Absolute folder of the server's data; null: in memory, nothing is kept and no launch can be started. */
  readonly dataDirectory: string | null;
  readonly logger: Logger;
  /** Absolute file of the policy for every plan; left out: the one beside the plan counts. */
  readonly policyFile?: string;
  /** Secrets of those whose alerts are taken; left out: nobody's are. */
  readonly hookKeys?: HookKeys;
  /** Left out: the usual ones. */
  readonly flagLimits?: Partial<FlagLimits>;
  /** Where in-process providers get definitions; left out: nowhere. */
  readonly flagSync?: FlagSync;
  readonly environment: Readonly<Record<string, string | undefined>>;
}
