import { describeChangesConformance } from '../../testing/conformance/changes-conformance.ts';
import { describeDatabaseConformance } from '../../testing/conformance/database-conformance.ts';
import { describeLaunchStoreConformance } from '../../testing/conformance/launch-store-conformance.ts';
import { describeLeasesConformance } from '../../testing/conformance/leases-conformance.ts';
import { describeTokensConformance } from '../../testing/conformance/tokens-conformance.ts';
import { describeWorkQueueConformance } from '../../testing/conformance/work-queue-conformance.ts';
import { createFileWorld, createMemoryWorld } from '../../testing/sqlite-world.ts';

for (const [name, setUp] of [
  ['on SQLite in a file', createFileWorld],
  ['on SQLite in memory', createMemoryWorld],
] as const) {
  describeDatabaseConformance(name, setUp);
  describeChangesConformance(`of one process ${name}`, setUp);
  describeLaunchStoreConformance(name, setUp);
  describeLeasesConformance(name, setUp);
  describeTokensConformance(name, setUp);
  describeWorkQueueConformance(name, setUp);
}
