import { describeChangesConformance } from '../../testing/conformance/changes-conformance.ts';
import { describeDatabaseConformance } from '../../testing/conformance/database-conformance.ts';
import { describeFlagCounterConformance } from '../../testing/conformance/flag-counter-conformance.ts';
import { describeFlagKeysConformance } from '../../testing/conformance/flag-keys-conformance.ts';
import { describeFlagStoreConformance } from '../../testing/conformance/flag-store-conformance.ts';
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
  describeFlagCounterConformance(name, setUp);
  describeFlagKeysConformance(name, setUp);
  describeFlagStoreConformance(name, setUp);
  describeLaunchStoreConformance(name, setUp);
  describeLeasesConformance(name, setUp);
  describeTokensConformance(name, setUp);
  describeWorkQueueConformance(name, setUp);
}
