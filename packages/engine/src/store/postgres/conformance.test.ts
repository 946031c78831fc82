import { describeDatabaseConformance } from '../../testing/conformance/database-conformance.ts';
import { describeFlagCounterConformance } from '../../testing/conformance/flag-counter-conformance.ts';
import { describeFlagKeysConformance } from '../../testing/conformance/flag-keys-conformance.ts';
import { describeFlagStoreConformance } from '../../testing/conformance/flag-store-conformance.ts';
import { describeLaunchStoreConformance } from '../../testing/conformance/launch-store-conformance.ts';
import { describeLeasesConformance } from '../../testing/conformance/leases-conformance.ts';
import { describeTokensConformance } from '../../testing/conformance/tokens-conformance.ts';
import { createPostgresWorld } from '../../testing/postgres-world.ts';
import { describeOnPostgres } from '../../testing/test-postgres.ts';

describeOnPostgres('PostgreSQL', () => {
  describeDatabaseConformance('on PostgreSQL', createPostgresWorld);
  describeFlagCounterConformance('on PostgreSQL', createPostgresWorld);
  describeFlagKeysConformance('on PostgreSQL', createPostgresWorld);
  describeFlagStoreConformance('on PostgreSQL', createPostgresWorld);
  describeLaunchStoreConformance('on PostgreSQL', createPostgresWorld);
  describeLeasesConformance('on PostgreSQL', createPostgresWorld);
  describeTokensConformance('on PostgreSQL', createPostgresWorld);
});
