import type {
  Clock,
  Engine,
  FlagCounter,
  FlagKeys,
  Flags,
  LogPart,
  ShardsAsked,
  ShardsRead,
  Tokens,
  WrittenEvent,
} from '@slipway/engine';
import type { PlanLanguage } from '@slipway/plan';
import type { Logger } from 'pino';
import type { KnownTokens } from '../auth/known-tokens.ts';
import type { FlagServing } from '../flags/index.ts';
import type { Receive } from '../hooks/receive.ts';
import type { ServerMetrics } from '../telemetry/server-metrics.ts';

/** What routes may use. */
export interface Services {
  readonly engine: Engine;
  readonly tokens: Tokens;
  /** Tokens for ways back, while the database is gone. */
  readonly knownTokens: Pick<KnownTokens, 'findByHash' | 'run'>;
  readonly clock: Clock;
  readonly language: PlanLanguage;
  readonly logger: Logger;
  readonly metrics: Pick<ServerMetrics, 'http' | 'read'>;
  readonly version: string;
  /** Absolute folder under which plans must lie. */
  readonly workspace: string;
  /** Absolute folder of the server's own data. */
  readonly dataDirectory: string;
  /** Absolute file of the policy for every plan; null: the one beside the plan counts. */
  readonly policyFile: string | null;
  /** It listens to this machine alone. */
  readonly loopback: boolean;
  /** Aborted when the server stops: long answers end. */
  readonly stopping: AbortSignal;
  /** Why it can take no work now; null: it can. */
  readonly unreadiness: () => Promise<string | null>;
  /** A launch's events exactly as they were written; `part` left out: all. */
  readonly writtenEvents: (launch: string, part?: LogPart) => Promise<readonly WrittenEvent[]>;
  /** What the shards of a running version have counted; rejects as the engine's readShards does. */
  readonly readShards: (asked: ShardsAsked, signal: AbortSignal) => Promise<ShardsRead>;
  /** All flag sets, in memory. */
  readonly flags: Flags;
  readonly flagKeys: FlagKeys;
  readonly flagCounter: FlagCounter;
  /** Flags as applications get them. */
  readonly flagServing: FlagServing;
  /** Takes what senders of alerts send. */
  readonly receiveHook: Receive;
  /** Stops the instances and the router of a place on this machine; answers with the launch that is at work there instead. */
  readonly shutdownEnvironment: (place: string) => Promise<string | null>;
}
