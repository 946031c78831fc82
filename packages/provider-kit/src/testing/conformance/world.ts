import type { Capability, ProviderContext } from '../../context.ts';
import type { TestContextOptions } from '../test-context.ts';
import { contextFor, createTestContext } from '../test-context.ts';

/** What a conformance suite runs a provider against: made anew for every test, and disposed of after it. */
export interface ConformanceWorld extends AsyncDisposable {
  /** Directories, secrets and capabilities that the inputs below rely on. */
  readonly context: TestContextOptions;
}

/** A context of the world with only the capabilities that the provider declares. */
export function contextIn<Needs extends Capability>(
  world: ConformanceWorld,
  needs: readonly Needs[],
  signal?: AbortSignal,
): ProviderContext<Needs> {
  return contextFor(needs, createTestContext(signal === undefined ? world.context : { ...world.context, signal }));
}
