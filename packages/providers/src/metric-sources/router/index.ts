import type { MetricSourceProvider, Reading, RouterCounts, VersionCounts } from '@slipway/provider-kit';
import { missing, readingOf } from './reading-of.ts';
import type { RouterQuery } from './schema.ts';
import { routerQuerySchema } from './schema.ts';

/** Reads errors and latency from the counts of the environment's own traffic router: no telemetry to set up, none to break. */
export const routerMetricSource: MetricSourceProvider<RouterQuery, 'routerCounts'> = {
  kind: 'metric-source',
  name: 'router',
  schema: routerQuerySchema,
  needs: ['routerCounts'],
  async read(query, arms, context) {
    context.signal.throwIfAborted();
    const counts = await context.routerCounts(arms.environment);
    const known = countsOf(counts, arms.newVersion);
    return {
      boot: counts.boot,
      at: counts.at,
      new: armReading(query, counts, arms.newVersion),
      old: arms.oldVersion === null ? missing('there is no old version') : armReading(query, counts, arms.oldVersion),
      exposure: known?.requests ?? null,
      // The router's first bad answer is a server error; for another query it would be the wrong moment.
      firstBadAt: 'ratio' in query && query.ratio === 'server-errors' ? (known?.firstBadAt ?? null) : null,
    };
  },
};

function armReading(query: RouterQuery, counts: RouterCounts, version: string): Reading {
  const known = countsOf(counts, version);
  if (known === null) return { kind: 'unseen', reason: `the router has not seen version ${version}` };
  return readingOf(query, known);
}

// A version may be called like something that every object has.
function countsOf({ versions }: RouterCounts, version: string): VersionCounts | null {
  return Object.hasOwn(versions, version) ? (versions[version] ?? null) : null;
}
