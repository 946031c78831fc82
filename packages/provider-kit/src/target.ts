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
  readonly instances: readonly InstanceState[];
}

export interface TargetState {
  readonly versions: readonly VersionState[];
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
}
