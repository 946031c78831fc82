import type { BucketCount } from '../metrics/latency-metric.ts';

export type Arm = 'new' | 'old';

/** What a version has counted since its source began. Whole numbers or fractions; only growing. */
export interface ArmTotals {
  readonly units: number;
  readonly bad: number;
  /** Answers by bucket (see upperEdge), in any order; null where nothing measures them. */
  readonly latencies: readonly BucketCount[] | null;
  /** By instance, in any order; absent where nothing tells them apart. */
  readonly shards?: readonly ShardCount[];
}

/** What an instance has counted since it began. */
export interface ShardCount {
  /** The same for as long as it is the same one. */
  readonly name: string;
  readonly units: number;
  readonly bad: number;
}

/** Both versions' counters at one moment. */
export interface CumulativeReading {
  /** Epoch ms at which the source took it. */
  readonly at: number;
  /** Changes when the counters begin again at zero; always the same where the source does not know. */
  readonly boot: string;
  /** The new version's planned share of the units then, 0..1. */
  readonly share: number;
  /** null: the source could not say. A version that was never met has counted zero. */
  readonly new: ArmTotals | null;
  readonly old: ArmTotals | null;
}
