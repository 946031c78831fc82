import type { ObserveWork } from '@slipway/core';
import type { Bilingual } from '@slipway/judge';
import type { Capability, MetricSourceProvider, ProviderContext, Sample, ShardCount } from '@slipway/provider-kit';
import { gapOf } from './gap-words.ts';

/** What each instance of both versions has counted so far. */
export interface InstanceCounts {
  readonly new: readonly ShardCount[];
  readonly old: readonly ShardCount[];
}

/** A sample, and what it says of each instance where the plan compares these, or why it does not: then such a metric is not compared. */
export type WatchedSample = Sample & { readonly instances?: InstanceCounts; readonly unread?: Bilingual };

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
 * Both versions' instances as they stand, or why the source cannot say: it does not tell them apart, there are too many, or one version
 * has none to which anything is routed, as at 100 %. What the metric counts in all is another question, so a failure here is none of its
 * reading.
 */
export async function readInstances(
  source: Source | undefined,
  { config, context, work }: Asked,
): Promise<Pick<WatchedSample, 'instances' | 'unread'>> {
  const { environment, newVersion, oldVersion } = work;
  if (source?.kind !== 'live' || oldVersion === null) return { unread: UNTOLD };
  const of = async (version: string) => (await source.read(config, { environment, version }, context)).shards;
  try {
    const [fresh, old] = await Promise.all([of(newVersion), of(oldVersion)]);
    const all = fresh.length + old.length;
    return all > MOST_INSTANCES ? { unread: tooMany(all) } : { instances: { new: fresh, old } };
  } catch (error) {
    const { reason, reasons } = gapOf(error);
    return { unread: reasons ?? { en: reason, fr: reason } };
  }
}

const UNTOLD: Bilingual = {
  en: 'its source does not tell instances apart',
  fr: 'sa source ne distingue pas les instances',
};

function tooMany(all: number): Bilingual {
  return {
    en: `${all} instances are more than the ${MOST_INSTANCES} that are compared`,
    fr: `${all} instances, c'est plus que les ${MOST_INSTANCES} qui sont comparées`,
  };
}
