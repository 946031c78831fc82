import type { z } from 'zod';
import type { Capability, ProviderContext } from './context.ts';

export interface InstanceState {
  readonly id: string;
  /** Where it answers, e.g. `127.0.0.1:41233`. */
  readonly address: string;
  readonly ready: boolean;
  /** How often it was started again after a crash. */
  readonly restarts: number;
}

export interface VersionState {
  readonly version: string;
  /** Where the target can scale: in the order in which they are kept when the version shrinks, those that are not ready last. */
  readonly instances: readonly InstanceState[];
}

export interface TargetState {
  readonly versions: readonly VersionState[];
}

/** A version and how many instances of it are to run. */
export interface ScaleOrder {
  readonly version: string;
  /** 0: it is stopped. */
  readonly instances: number;
  /** One more than what `revision` gave before whatever led to this order was looked at. */
  readonly revision: number;
  /** Ids of those that leave where it shrinks: nobody is sent to them any more. Others leave only where these are too few. */
  readonly leaving?: readonly string[];
}

/** What a target offers that can run a part of a version. A rolling rollout asks for it. */
export interface Scaling<Config = unknown, Needs extends Capability = Capability> {
  /** How many instances a whole version has by this configuration: what `start` starts. */
  whole(config: Config): number;
  /** Grows with every `start`, `restore`, `stop` and `scale` of the environment, also beyond the end of all its versions. Read-only. */
  revision(config: Config, environment: string, context: ProviderContext<Needs>): Promise<number>;
  /**
   * Makes exactly so many instances of a version run. Idempotent. What grows resolves when every instance is ready, and leaves as
   * many as before when one does not get ready; a version that does not run is started, and one that runs grows only by the
   * configuration with which it runs, whatever number that names (else TerminalError). What shrinks ends those that leave, or the
   * last instances in the order of `inspect`, draining them, whatever the configuration says. `start` and `restore` make it whole
   * again. Throws RetryableError, changing nothing, where the revision of the environment is not below that of the order, unless it
   * is the same order again: a late worker cannot undo what came after it.
   */
  scale(config: Config, environment: string, order: ScaleOrder, context: ProviderContext<Needs>): Promise<VersionState>;
}

/** Where instances of a version run: processes here, a cluster elsewhere. Several versions may run side by side. */
export interface TargetProvider<Config = unknown, Needs extends Capability = Capability> {
  readonly kind: 'target';
  readonly name: string;
  readonly schema: z.ZodType<Config>;
  readonly needs: readonly Needs[];
  /** What runs now. Read-only. A target that cannot be asked throws; it never answers "nothing". */
  inspect(config: Config, environment: string, context: ProviderContext<Needs>): Promise<TargetState>;
  /** Makes `version` run beside the others and resolves when every instance is ready. Idempotent: what already runs stays. */
  start(config: Config, environment: string, version: string, context: ProviderContext<Needs>): Promise<VersionState>;
  /** Brings back a version that ran here before, as it was configured then. Idempotent. Throws TerminalError if it never ran here. */
  restore(config: Config, environment: string, version: string, context: ProviderContext<Needs>): Promise<VersionState>;
  /** Drains and stops every instance of `version`. Idempotent: resolves when none is left. */
  stop(config: Config, environment: string, version: string, context: ProviderContext<Needs>): Promise<void>;
  /** Left out by a target that runs whole versions only. */
  readonly scaling?: Scaling<Config, Needs>;
}
