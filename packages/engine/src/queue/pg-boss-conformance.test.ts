import { describeLaunchStoreConformance } from '../testing/conformance/launch-store-conformance.ts';
import { describeWorkQueueConformance } from '../testing/conformance/work-queue-conformance.ts';
import { createPgBossWorld } from '../testing/postgres-world.ts';
import { describeOnPostgres } from '../testing/test-postgres.ts';

describeOnPostgres('pg-boss', () => {
  describeWorkQueueConformance('on pg-boss', createPgBossWorld);
  describeLaunchStoreConformance('with the queue on pg-boss', createPgBossWorld);
});
