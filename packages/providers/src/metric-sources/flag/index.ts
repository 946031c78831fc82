import type { MetricSourceProvider, Sample } from '@slipway/provider-kit';
import { countsSample } from './counts-sample.ts';
import type { FlagQuery } from './schema.ts';
import { flagQuerySchema } from './schema.ts';

/** Reads what became of those who met a flag's variants. The arms of a rollout by flag are variants. */
export const flagMetricSource: MetricSourceProvider<FlagQuery, 'flagCounts'> = {
  kind: 'metric-source',
  name: 'flag',
  schema: flagQuerySchema,
  needs: ['flagCounts'],
  async read(query, arms, context): Promise<Sample> {
    context.signal.throwIfAborted();
    const counts = await context.flagCounts(arms.environment, query.flag);
    return countsSample(query, arms, counts);
  },
};
