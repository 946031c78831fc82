import { describe } from 'vitest';
import { againCases, failureCases } from './work-queue-again.ts';
import { deathCases, lossCases, stopCases } from './work-queue-ends.ts';
import { goingOnCases } from './work-queue-going-on.ts';
import { Stage, type WorkQueueWorld } from './work-queue-stage.ts';
import { timeCases } from './work-queue-times.ts';
import { transactionCases } from './work-queue-transactions.ts';

export type { WorkQueueWorld } from './work-queue-stage.ts';

/** What every queue keeps to. `setUp` is called once a test. */
export function describeWorkQueueConformance(name: string, setUp: () => Promise<WorkQueueWorld>): void {
  const withStage = (test: (stage: Stage) => Promise<void>) => async () => {
    await using world = await setUp();
    const stage = new Stage(world, await world.open());
    await test(stage);
    await stage.queue.stop();
  };
  describe(`work queue ${name} conforms`, () => {
    transactionCases(withStage);
    timeCases(withStage);
    againCases(withStage);
    failureCases(withStage);
    deathCases(withStage);
    lossCases(withStage);
    stopCases(withStage);
    goingOnCases(withStage);
  });
}
