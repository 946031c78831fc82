import type { ObserveWork } from '@slipway/core';
import type { Capability, MetricSourceProvider, ProviderContext, Sample, ShardCount } from '@slipway/provider-kit';

/** What each instance of both versions has counted so far. */
export interface InstanceCounts {
  readonly new: readonly ShardCount[];
  readonly old: readonly ShardCount[];
}

/** A sample, and what it says of each instance where the plan compares these. Without it such a metric is not compared. */
export type WatchedSample = Sample & { readonly instances?: InstanceCounts };

/** Of both versions together: each look is written down, and takes a time that grows with their square. */
const MOST_INSTANCES = 300;

type Source = Required<Pick<MetricSourceProvider, 'shards'>>['shards'];

/** Whether the plan compares this metric instance with instance. */
export function comparesInstances({ judging }: ObserveWork, metric: string): boolean {
  return judging.comparing?.metrics.some((each) => each.metric === metric && each.compare === 'instances') ?? false;
}

interface Asked {
  readonly config: unknown;
  readonly context: ProviderContext<Capability>;
  readonly work: ObserveWork;
}

/**
 * Both versions' instances as they stand; null where the source cannot say: it does not tell them apart, there are too many, or one version has none to which
 * anything is routed, as at 100 %. What the metric counts in all is another question, so a failure here is none of its reading.
 */
export async function readInstances(
  source: Source | undefined,
  { config, context, work }: Asked,
): Promise<InstanceCounts | null> {
  const { environment, newVersion, oldVersion } = work;
  if (source?.kind !== 'live' || oldVersion === null) return null;
  const of = async (version: string) => (await source.read(config, { environment, version }, context)).shards;
  try {
    const [fresh, old] = await Promise.all([of(newVersion), of(oldVersion)]);
    return fresh.length + old.length > MOST_INSTANCES ? null : { new: fresh, old };
  } catch {
    return null;
  }
}
