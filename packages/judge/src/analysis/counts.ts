import type { BucketCount } from '../sequential/metrics/latency-metric.ts';
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
  /** Instance by instance, each in its place. */
  | ({ readonly kind: 'instances' } & ShardReading)
  | { readonly kind: 'latency'; readonly new: readonly BucketCount[]; readonly old: readonly BucketCount[] };

/**
 * What the evidence of a look rests on, and all that a record has to keep of it: whole numbers in an order of the metric's own. A
 * latency is kept as what lay above its thresholds, which is far less than its histograms.
 */
export type Basis = readonly number[];
