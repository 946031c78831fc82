import type { z } from 'zod';
import type { Capability, ProviderContext } from './context.ts';
import type { Evidence } from './evidence.ts';

/** `fail` is an answer (the tree is dirty); not being able to ask is an error and is thrown. Neither ever passes. */
export interface CheckResult {
  readonly verdict: 'pass' | 'fail';
  readonly evidence: Evidence;
}

/** A check looks and never changes anything. */
export interface CheckProvider<Config = unknown, Needs extends Capability = Capability> {
  readonly kind: 'check';
  readonly name: string;
  /** Gives validation, JSON Schema and docs. Every key carries `.describe(...)`. Strict: unknown keys are errors. */
  readonly schema: z.ZodType<Config>;
  readonly needs: readonly Needs[];
  run(config: Config, context: ProviderContext<Needs>): Promise<CheckResult>;
}
