import type { BucketCount } from '../sequential/metrics/latency-metric.ts';
import type { Counts } from '../sequential/kernel/growth.ts';
import type { ShardReading } from '../sequential/placebo/shard-counts.ts';

/** What one metric counted on both versions between two looks. */
export type MetricCounts =
  | {
      readonly kind: 'ratio';
      readonly newUnits: number;
      readonly newBad: number;
      readonly oldUnits: number;
      readonly oldBad: number;
    }
  /** Of the versions, and instance by instance, each in its place: one that has gone is in the former alone. */
  | ({ readonly kind: 'instances'; readonly shards: ShardReading } & Counts)
  | { readonly kind: 'latency'; readonly new: readonly BucketCount[]; readonly old: readonly BucketCount[] };

/**
 * What the evidence of a look rests on, and all that a record has to keep of it: whole numbers in an order of the metric's own. A
 * latency is kept as what lay above its thresholds, which is far less than its histograms.
 */
export type Basis = readonly number[];
