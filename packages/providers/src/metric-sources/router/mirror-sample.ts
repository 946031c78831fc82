import type { MirrorCounts, Reading, RouterCounts, Sample } from '@slipway/provider-kit';
import { latencyReading, missing, ratioReading, readingOf, sum } from './reading-of.ts';
import type { RouterQuery } from './schema.ts';

/** The mirror's counts where `newVersion` is what gets the copies. */
export function mirrorOf({ mirror = null }: RouterCounts, newVersion: string): MirrorCounts | null {
  return mirror?.version === newVersion ? mirror : null;
}

/**
 * What copies of requests say of a version that has no traffic. Latency is compared with that of the answers that were given to the
 * same requests, errors with those of all traffic. Nobody met the copies' answers: they are no exposure.
 */
export function mirrorSample(query: RouterQuery, mirror: MirrorCounts, traffic: Sample): Sample {
  return {
    ...traffic,
    boot: `${traffic.boot} ${mirror.boot}`,
    new: newReading(query, mirror),
    old: oldReading(query, mirror, traffic.old),
    exposure: traffic.exposure ?? 0,
    firstBadAt: null,
  };
}

function newReading(query: RouterQuery, { counts, different, compared }: MirrorCounts): Reading {
  if ('ratio' in query && query.per === 'visitor') return missing('nobody meets the answers to copies of requests');
  if (!('ratio' in query) || query.ratio !== 'mirror-differences') return readingOf(query, counts);
  // Only those that were answered make a pair. Left out here, a version that breaks off half of them would agree in all it answers.
  const { failed } = counts.answers;
  return ratioReading(sum([different, failed]), sum([compared, failed]));
}

function oldReading(query: RouterQuery, { given }: MirrorCounts, ofTraffic: Reading): Reading {
  if ('quantile' in query) return latencyReading(given, query.quantile);
  if (query.ratio !== 'mirror-differences') return ofTraffic;
  return missing('a difference is one between two versions: the old one has none of its own');
}
