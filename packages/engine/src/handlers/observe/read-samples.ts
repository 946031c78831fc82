import type { ObserveWork } from '@slipway/core';
import type { ProviderAccess } from '../../providers/provider-access.ts';
import type { EffectContext } from '../handler.ts';
import { gapOf } from './gap-words.ts';
import { comparesInstances, readInstances, type WatchedSample } from './read-instances.ts';
import type { Samples } from './window.ts';
import { withinLimit } from './within-limit.ts';

/** Reads every metric at once. A source that fails gives a missing reading with its reason: it is never skipped. */
export async function readSamples(access: ProviderAccess, work: ObserveWork, context: EffectContext): Promise<Samples> {
  const { conditions, success = [], triggers = [], comparing, gauges = [] } = work.judging;
  const named = [...conditions, ...success, ...triggers.map(({ when }) => when)].flatMap(
    (condition) => condition.metrics,
  );
  const judged = [...(comparing?.metrics ?? []), ...gauges].map(({ metric }) => metric);
  const metrics = [...new Set([...named, ...judged])];
  const pairs = await Promise.all(
    metrics.map(async (metric): Promise<[string, WatchedSample]> => [
      metric,
      await readOne(access, { metric, work }, context),
    ]),
  );
  return Object.fromEntries(pairs);
}

interface Wanted {
  readonly metric: string;
  readonly work: ObserveWork;
}

async function readOne(
  access: ProviderAccess,
  { metric, work }: Wanted,
  context: EffectContext,
): Promise<WatchedSample> {
  const { environment, newVersion, oldVersion } = work;
  const { clock } = access.machine;
  try {
    return await withinLimit(clock, context.signal, async (signal) => {
      const { provider, config, context: call } = await access.source(metric, { ...context, signal });
      const sample = provider.read(config, { environment, newVersion, oldVersion }, call);
      if (!comparesInstances(work, metric)) return await sample;
      const [read, instances] = await Promise.all([
        sample,
        readInstances(provider.shards, { config, context: call, work }),
      ]);
      return { ...read, ...instances };
    });
  } catch (error) {
    const reading = { kind: 'missing', ...gapOf(error) } as const;
    return { boot: '', at: clock.now(), new: reading, old: reading, exposure: null, firstBadAt: null };
  }
}
