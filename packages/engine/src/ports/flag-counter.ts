import type { FlagCounts } from '@slipway/provider-kit';

/** Answers of one variant under one name, since the last report. */
export interface FlagOutcome {
  readonly flag: string;
  readonly variant: string;
  /** What was counted, e.g. checkout. */
  readonly outcome: string;
  readonly good: number;
  readonly bad: number;
}

/** A variant that somebody met. */
export interface FlagVariant {
  readonly flag: string;
  readonly variant: string;
}

/** Counts who met a variant of a flag, or variants of some flags together. */
export interface FlagExposure {
  /** Once more: in memory at once, in the database within a second; what a server had not written when it died is lost, and it says so nowhere. */
  count(): void;
}

/** Counts who met which variant, and what became of it, for all servers on the database together. */
export interface FlagCounter {
  /** Of what the same people meet. To be kept by whoever counts often. */
  exposure(set: string, met: readonly FlagVariant[]): FlagExposure;
  /** Rejects with RangeError where an outcome has no name or no whole numbers, and with StorageError. `batch`: an id of the sender's; one that came before changes nothing and gives false. */
  report(set: string, batch: string, outcomes: readonly FlagOutcome[]): Promise<boolean>;
  /** Cumulative; counts are never set back. Rejects with StorageError. */
  read(set: string, flag: string): Promise<FlagCounts>;
  /** Writes what is not written yet. Never rejects. */
  close(): Promise<void>;
}
