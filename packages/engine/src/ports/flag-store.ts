import type { RecordedFlagEvent } from '@slipway/flags';

/** An event of a flag set with its place in the chain. */
export interface StoredFlagEvent extends RecordedFlagEvent {
  /** Hash of the event before; 64 zeros for the first. */
  readonly previous: string;
  /** Hash over the event before and this one. */
  readonly hash: string;
}

export interface FlagAppend {
  /** As `product.environment`. */
  readonly set: string;
  /** Sequence number of the newest event that the decision was made on; 0 for a new set. */
  readonly expected: number;
  /** One or more. */
  readonly events: readonly StoredFlagEvent[];
  /** A kill: where the disk is full it may use the room that is kept for ways back. */
  readonly wayBack?: boolean;
}

export interface HistoryAsked {
  /** null: whatever they are about. */
  readonly flag: string | null;
  /** Sequence number; null: from the newest on. */
  readonly before: number | null;
  readonly limit: number;
}

/** The logs of flag sets. They only grow. */
export interface FlagStore {
  /** Rejects, having changed nothing, with VersionConflict when `expected` is not the newest. */
  append(append: FlagAppend): Promise<void>;
  /** Events after `after` (0: all), in order; empty for an unknown set. */
  read(set: string, after?: number): Promise<readonly StoredFlagEvent[]>;
  /** Newest first. */
  newest(set: string, asked: HistoryAsked): Promise<readonly StoredFlagEvent[]>;
  /** Every set with the sequence number of its newest event. */
  versions(): Promise<ReadonlyMap<string, number>>;
}
