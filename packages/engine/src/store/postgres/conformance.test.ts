import { describeDatabaseConformance } from '../../testing/conformance/database-conformance.ts';
import { describeLaunchStoreConformance } from '../../testing/conformance/launch-store-conformance.ts';
import { describeLeasesConformance } from '../../testing/conformance/leases-conformance.ts';
import { describeTokensConformance } from '../../testing/conformance/tokens-conformance.ts';
import { createPostgresWorld } from '../../testing/postgres-world.ts';
import { describeOnPostgres } from '../../testing/test-postgres.ts';

describeOnPostgres('PostgreSQL', () => {
  describeDatabaseConformance('on PostgreSQL', createPostgresWorld);
  describeLaunchStoreConformance('on PostgreSQL', createPostgresWorld);
  describeLeasesConformance('on PostgreSQL', createPostgresWorld);
  describeTokensConformance('on PostgreSQL', createPostgresWorld);
});
