import type { BucketCount, LatencyReading } from '../metrics/latency-metric.ts';
import { countsOf } from './grown.ts';
import { type Known, type Second, unknown } from './second.ts';

/**
 * One second of a service whose instances count on their own. Unknown where it is so of any instance: leaving out the one that crashed
 * would take what is broken out of the counts. Of none nothing is known.
 */
export function sumOfSeconds(parts: readonly Second[]): Second {
  const gap = parts.find((part) => part.is === 'unknown');
  if (gap !== undefined) return gap;
  const known = parts.filter((part) => part.is === 'known');
  if (known.length === 0) return unknown('unread');
  const sum = (of: (part: Known) => number): number => known.reduce((all, part) => all + of(part), 0);
  const counts = {
    newUnits: sum((part) => part.counts.newUnits),
    newBad: sum((part) => part.counts.newBad),
    oldUnits: sum((part) => part.counts.oldUnits),
    oldBad: sum((part) => part.counts.oldBad),
  };
  if (counts.newUnits > Number.MAX_SAFE_INTEGER) return unknown('too-large', 'new');
  if (counts.oldUnits > Number.MAX_SAFE_INTEGER) return unknown('too-large', 'old');
  const seconds = Math.max(...known.map((part) => part.seconds));
  // Routers in front of the same instances each have a part of them: which parts belong together is not known here.
  return { is: 'known', seconds, counts, latencies: sumOfLatencies(known), shards: null };
}

function sumOfLatencies(parts: readonly Known[]): LatencyReading | null {
  const readings = parts.flatMap(({ latencies }) => latencies ?? []);
  if (readings.length < parts.length) return null;
  return { new: sumOfBuckets(readings.map((each) => each.new)), old: sumOfBuckets(readings.map((each) => each.old)) };
}

function sumOfBuckets(histograms: readonly (readonly BucketCount[])[]): readonly BucketCount[] {
  return [...countsOf(histograms.flat())].toSorted(([one], [other]) => one - other);
}
