import type { Bucketing } from '../evaluate/flag-evaluator.ts';
import type { FlagChange } from './flag-command.ts';
import type { FlagPolicy } from './flag-policy.ts';
import type { FlagRecord, Kill, Scheduled, SegmentRecord } from './flag-record.ts';

export interface Proposal {
  readonly id: string;
  readonly change: FlagChange;
  readonly reason: string;
  readonly by: string;
  /** Epoch ms. */
  readonly at: number;
  /** What it would change was changed since: it is not what it was shown to be, and cannot be approved. */
  readonly outdated: boolean;
}

/** A flag set, folded from its events. */
export interface FlagSet {
  /** Sequence number of the newest event; 0: nothing has happened yet. */
  readonly version: number;
  readonly bucketing: Bucketing;
  readonly flags: ReadonlyMap<string, FlagRecord>;
  readonly segments: ReadonlyMap<string, SegmentRecord>;
  /** Kills of flags that were removed, by key: one that is defined again under its key is as killed as it was. */
  readonly removedKills: ReadonlyMap<string, Kill>;
  readonly scheduled: readonly Scheduled[];
  readonly proposals: readonly Proposal[];
  readonly policy: FlagPolicy;
}
