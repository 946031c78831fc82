import type { MetricSourceProvider, Sample } from '@slipway/provider-kit';
import { mirrorOf, mirrorSample } from './mirror-sample.ts';
import type { RouterQuery } from './schema.ts';
import { routerQuerySchema } from './schema.ts';
import { routerShards } from './shards.ts';
import { trafficSample } from './traffic-sample.ts';

/** Reads errors and latency from the counts of the environment's own traffic router: no telemetry to set up, none to break. */
export const routerMetricSource: MetricSourceProvider<RouterQuery, 'routerCounts'> = {
  kind: 'metric-source',
  name: 'router',
  schema: routerQuerySchema,
  needs: ['routerCounts'],
  async read(query, arms, context): Promise<Sample> {
    context.signal.throwIfAborted();
    const counts = await context.routerCounts(arms.environment);
    const mirror = mirrorOf(counts, arms.newVersion);
    const traffic = trafficSample(query, arms, counts);
    return mirror === null ? traffic : mirrorSample(query, mirror, traffic);
  },
  shards: routerShards,
};
