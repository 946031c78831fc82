import { describe } from 'vitest';
import type { Capability } from '../../context.ts';
import type { TargetProvider } from '../../target.ts';
import { itHasAProperSchema } from './provider-schema.ts';
import { failureCases } from './target/failure-cases.ts';
import { restoreCases } from './target/restore-cases.ts';
import { scaleCases } from './target/scale-cases.ts';
import type { TargetWorld } from './target/stage.ts';
import { stageOf } from './target/stage.ts';
import { startCases } from './target/start-cases.ts';
import { stopCases } from './target/stop-cases.ts';

/** What every deploy target keeps to. `setUp` is called once a test. */
export function describeTargetConformance<Config, Needs extends Capability>(
  provider: TargetProvider<Config, Needs>,
  setUp: () => Promise<TargetWorld>,
): void {
  const withStage = stageOf(provider, setUp);
  describe(`target ${provider.name} conforms`, { timeout: 60_000 }, () => {
    itHasAProperSchema(provider);
    startCases(withStage);
    stopCases(withStage);
    restoreCases(withStage);
    failureCases(withStage);
    if (provider.scaling !== undefined) scaleCases(withStage);
  });
}
