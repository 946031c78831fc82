import type { z } from 'zod';
import type { Capability, ProviderContext } from './context.ts';
import type { LatencyHistogram } from './router.ts';

/** One arm's reading. Counts are cumulative, so that any two readings give the counts between them. */
export type Reading =
  | { readonly kind: 'ratio'; readonly bad: number; readonly total: number }
  | { readonly kind: 'latency'; readonly histogram: LatencyHistogram; readonly quantile: number }
  /**
   * How it stands now, in the metric's own unit: memory, CPU, a queue's length. No count: it may fall, and it says nothing of how many
   * requests met the version. A finite number; anything else is `missing`.
   */
  | { readonly kind: 'gauge'; readonly value: number }
  /** The source answered and has never met this version: its counts will begin at zero. */
  | { readonly kind: 'unseen'; readonly reason: string }
  /** The source cannot say. What it has counted so far is not known. */
  | {
      readonly kind: 'missing';
      readonly reason: string;
      /** The same in both languages, where Slipway itself says it. */
      readonly reasons?: { readonly en: string; readonly fr: string };
    };

export interface Sample {
  /** Changes when the source's counters begin again at zero. */
  readonly boot: string;
  /** Epoch ms at which the source took it. */
  readonly at: number;
  readonly new: Reading;
  readonly old: Reading;
  /** Cumulative requests that met the new version, where the source knows; else null. */
  readonly exposure: number | null;
  /** Epoch ms of the new version's first bad answer, where the source knows; else null. */
  readonly firstBadAt: number | null;
}

export interface Arms {
  readonly environment: string;
  readonly newVersion: string;
  readonly oldVersion: string | null;
}

/** What one shard of a version, an instance as a rule, has counted. Cumulative: it falls only where the shard begins anew. */
export interface ShardCount {
  /** The same for as long as it is the same shard. */
  readonly name: string;
  readonly bad: number;
  readonly total: number;
}

/** All shards of one version at one moment. One that is not among them is not there. */
export interface ShardReading {
  /** Changes when all counters begin again at zero. */
  readonly boot: string;
  /** Epoch ms. */
  readonly at: number;
  readonly shards: readonly ShardCount[];
}

export interface ShardsOf {
  readonly environment: string;
  readonly version: string;
}

/** From `from` on and before `to`, both epoch ms. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/**
 * How a source tells the shards of one version apart: as they stand now (`live`), or second by second over a time that is over (`past`).
 * Both throw TerminalError where the query counts nothing that can be told apart. One that is live throws it where no shard is there, too:
 * none is no count of zero.
 */
export type ShardSource<Query, Needs extends Capability> =
  | {
      readonly kind: 'live';
      read(query: Query, of: ShardsOf, context: ProviderContext<Needs>): Promise<ShardReading>;
    }
  | {
      readonly kind: 'past';
      /** Oldest first. A second in which no shard was there is left out. */
      read(query: Query, of: ShardsOf & Span, context: ProviderContext<Needs>): Promise<readonly ShardReading[]>;
    };

/** A source of measurements. Silence, an error, NaN or a text is a `missing` reading or a thrown error, never a zero. */
export interface MetricSourceProvider<Query = unknown, Needs extends Capability = Capability> {
  readonly kind: 'metric-source';
  readonly name: string;
  /** The metric's keys in the plan beside `from`. */
  readonly schema: z.ZodType<Query>;
  readonly needs: readonly Needs[];
  read(query: Query, arms: Arms, context: ProviderContext<Needs>): Promise<Sample>;
  /** Absent where the source cannot tell its shards apart. */
  readonly shards?: ShardSource<Query, Needs>;
}
