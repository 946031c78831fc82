import type { z } from 'zod';
import type { Capability, ProviderContext } from './context.ts';
import type { Evidence, Verification } from './evidence.ts';

/** An action changes the world. */
export interface ActionProvider<Config = unknown, Needs extends Capability = Capability> {
  readonly kind: 'action';
  readonly name: string;
  readonly schema: z.ZodType<Config>;
  readonly needs: readonly Needs[];
  run(config: Config, context: ProviderContext<Needs>): Promise<Evidence>;
  /**
   * Asked when a worker died in the middle. Must not change anything, and first waits for what that worker left at work: "no" and
   * "unknown" say that nothing of it goes on. On abort it ends what is left and rejects.
   */
  verify(config: Config, context: ProviderContext<Needs>): Promise<Verification>;
  /** Whether running it twice does no more than running it once, for this configuration. */
  idempotent(config: Config): boolean;
}
