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
  | { readonly kind: 'missing'; readonly reason: string };

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

/** A source of measurements. Silence, an error, NaN or a text is a `missing` reading or a thrown error, never a zero. */
export interface MetricSourceProvider<Query = unknown, Needs extends Capability = Capability> {
  readonly kind: 'metric-source';
  readonly name: string;
  /** The metric's keys in the plan beside `from`. */
  readonly schema: z.ZodType<Query>;
  readonly needs: readonly Needs[];
  read(query: Query, arms: Arms, context: ProviderContext<Needs>): Promise<Sample>;
}
