import type { Counts } from '../kernel/growth.ts';
import type { LatencyReading } from '../metrics/latency-metric.ts';
import type { Arm } from './cumulative.ts';
import type { NamedShards } from './grown-shards.ts';

/** Why what happened in a second is not known. */
export type Unreadable =
  /** There was nothing before it to compare with. */
  | 'first'
  /** The source said nothing of a version. */
  | 'unread'
  | 'not-a-number'
  | 'negative'
  /** So large that differences are not exact any more. */
  | 'too-large'
  | 'bad-above-units'
  | 'no-bucket'
  | 'no-time'
  | 'no-share'
  /** No time has passed since the last one. */
  | 'same-time'
  /** It was taken before the last one and came after it. */
  | 'late'
  | 'clock-went-back'
  /** Counters began again: what they had counted before is lost. */
  | 'restarted'
  | 'gap-too-long'
  /** The new version's share changed meanwhile: counts of before and after must not be thrown together. */
  | 'split-changed';

export interface Unknown {
  readonly is: 'unknown';
  readonly why: Unreadable;
  /** The version at fault; null: neither, or both. */
  readonly arm: Arm | null;
}

/** What both versions did between two readings. It is one block for one look, also where it lasted several seconds. */
export interface Known {
  readonly is: 'known';
  readonly seconds: number;
  readonly counts: Counts;
  /** null where a version's latencies are not measured. */
  readonly latencies: LatencyReading | null;
  /** Instance by instance; null where a version's are not told apart. */
  readonly shards: { readonly new: NamedShards; readonly old: NamedShards } | null;
}

export type Second = Known | Unknown;

export function unknown(why: Unreadable, arm: Arm | null = null): Unknown {
  return { is: 'unknown', why, arm };
}
