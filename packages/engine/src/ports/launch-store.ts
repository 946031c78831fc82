import type { Recorded } from '@slipway/core';
import type { GoingOn, Work } from './work-queue.ts';

/** An event with its place in the chain. */
export interface StoredEvent extends Recorded {
  /** Hash of the event before; 64 zeros for the first. */
  readonly previous: string;
}

/** What lists and start-up need to know of a launch without folding it. */
export interface LaunchRow {
  readonly id: string;
  /** The plan's name; ids are `name-1`, `name-2`, … */
  readonly name: string;
  readonly version: number;
  /** true: it may still want something. */
  readonly active: boolean;
  readonly startedAt: number;
}

/** Everything that one decision changes, in one transaction. */
export interface Append {
  readonly launch: string;
  readonly name: string;
  /** Sequence number of the newest event that the decision was made on; 0 for a new launch. */
  readonly expected: number;
  readonly events: readonly StoredEvent[];
  readonly enqueue: readonly Work[];
  readonly complete: readonly string[];
  /** A delivery goes on: from what this settles with what it begins. */
  readonly goOn?: GoingOn;
  readonly active: boolean;
  /** Gives back every environment that the launch holds. */
  readonly release: boolean;
  /** It waits for no environment any more. Where the disk is full it may use the room that is kept for ways back. */
  readonly wayBack?: boolean;
}

/** Somebody else appended first: fold again and decide again. */
export class VersionConflict extends Error {
  override readonly name = 'VersionConflict';
}

export interface LaunchStore {
  /** Rejects, having changed nothing, with VersionConflict when `expected` is not the newest, and with CannotGoOn as the queue does. */
  append(append: Append): Promise<void>;
  /** Events after `after` (0: all), in order; empty for an unknown launch. */
  read(launch: string, after?: number): Promise<readonly StoredEvent[]>;
  find(launch: string): Promise<LaunchRow | null>;
  /** Newest first. */
  list(): Promise<readonly LaunchRow[]>;
  /** Those that may still want something, newest first. Costs as much as there are of them, however many have ended. */
  listActive(): Promise<readonly LaunchRow[]>;
  /** The newest sequence numbers of these launches; those that are not there are left out. */
  versions(launches: readonly string[]): Promise<ReadonlyMap<string, number>>;
  /** How many launches of this plan name there are. */
  count(name: string): Promise<number>;
}
