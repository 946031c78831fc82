import type { CommandRunner } from './process/command-runner.ts';
import type { HttpClient } from './http/http-client.ts';
import type { FlagCounts } from './flag-counts.ts';
import type { PastLaunches } from './past-launches.ts';
import type { PlanRehearsal } from './plan-rehearsal.ts';
import type { ReadRota } from './rota.ts';
import type { RouterCounts } from './router.ts';

/** A secret is named, never written: it lives in an environment variable of the server or in a file. */
export type SecretRef = { readonly env: string } | { readonly file: string };

/** What every provider call receives. */
export interface BaseContext {
  /** Aborted at the time-out, on abort and at shutdown. A provider stops what it does and rejects. */
  readonly signal: AbortSignal;
  /** Never changes across attempts: an idempotency key for the world outside. */
  readonly effect: string;
  readonly attempt: number;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Adds a line to the effect's log. Bounded and redacted by the engine. */
  readonly log: (line: string) => void;
}

/** What a provider may ask for. It receives only what it declares in `needs`. */
export interface Capabilities {
  /** The one HTTP client: time-outs, size limits, no redirect to private addresses. */
  readonly http: HttpClient;
  /** Runs a command without a shell, bounded in time and output. */
  readonly commands: CommandRunner;
  /** The folder of the launch plan; relative paths are resolved against it. */
  readonly directory: string;
  /** A folder of the provider's own that survives the server, created on demand, readable by its user only. */
  readonly dataDirectory: string;
  /** Reads a secret. From then on its value is redacted from every log, event and message. */
  readonly secret: (ref: SecretRef) => Promise<string>;
  /** Cumulative request counts of an environment's router. */
  readonly routerCounts: (environment: string) => Promise<RouterCounts>;
  /** Cumulative counts of who met which variant of a flag of an environment, and what became of it. */
  readonly flagCounts: (environment: string, flag: string) => Promise<FlagCounts>;
  /** Reads iCalendar; what names no zone is meant in that of the plan. */
  readonly rota: ReadRota;
  /** The records of other launches on this server. */
  readonly launches: PastLaunches;
  /** Rehearses the plan of this launch. */
  readonly rehearsal: PlanRehearsal;
}

export type Capability = keyof Capabilities;
export type ProviderContext<Needs extends Capability = never> = BaseContext & Pick<Capabilities, Needs>;
