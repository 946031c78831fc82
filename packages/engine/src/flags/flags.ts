import type {
  Bucketing,
  FlagActor,
  FlagCommand,
  FlagEvaluator,
  FlagRejection,
  FlagSet,
  FlagSetDefinition,
} from '@slipway/flags';
import type { HistoryAsked, StoredFlagEvent } from '../ports/flag-store.ts';

/** A flag set as this process serves it: out of memory, whatever the database does. */
export interface ServedSet {
  /** As `product.environment`. */
  readonly set: string;
  readonly state: FlagSet;
  /** What is in force: kills, ramps, prerequisites and segments are worked into it. */
  readonly definition: FlagSetDefinition;
  readonly evaluator: FlagEvaluator;
  /** Hash of the newest event, and of kills that wait to be recorded: the same on every server that serves the same. */
  readonly head: string;
}

export type FlagsExecuted =
  /** `version`: of the newest event, whether or not the command changed anything. `proposed`: it waits for approval under this id. */
  | { readonly ok: true; readonly version: number; readonly events: number; readonly proposed: string | null }
  | { readonly ok: false; readonly rejection: FlagRejection };

export interface FlagOrder {
  readonly set: string;
  readonly command: FlagCommand;
  readonly actor: FlagActor;
}

/** A kill that is in force in this process and could not be recorded yet. It is lost with the process. */
export interface PendingKill {
  readonly set: string;
  readonly flag: string;
  readonly reason: string;
  /** See Kill. */
  readonly launch: string | null;
  readonly actor: FlagActor;
  /** Epoch ms. */
  readonly since: number;
}

/** A flag set whose log this process cannot read on: nothing of it is changed here, and what was understood last is served. */
export interface FlagTrouble {
  readonly set: string;
  /** What is wrong and what to do. */
  readonly message: string;
}

/** All flag sets of a database, kept in memory and changed by events. */
export interface Flags {
  /** Loads every set, hears of changes from then on, and makes what is scheduled. Rejects with StorageError where the database does not answer; a set that cannot be read is in `troubles`. */
  open(): Promise<void>;
  close(): Promise<void>;
  /** By name. */
  sets(): readonly ServedSet[];
  /** null: there is none, as far as this process knows. */
  find(set: string): ServedSet | null;
  /** A set that is there already is left as it is. `set`: as `product.environment`, both as names in a launch plan. */
  create(set: string, bucketing: Bucketing, actor: FlagActor): Promise<void>;
  /**
   * Decides and appends; who listens is told before it resolves. Rejects with StorageError. A kill that cannot be recorded soon is in
   * force in this process at once, is recorded as soon as the database takes it, and rejects all the same: other servers do not know it.
   */
  execute(order: FlagOrder): Promise<FlagsExecuted>;
  /** Newest first; at most `limit` (1 to 1,000), before `before`, about `flag` where one is named. */
  history(set: string, asked: HistoryAsked): Promise<readonly StoredFlagEvent[]>;
  /** Told of each set that is served anew; returns the way to stop. */
  listen(listener: (served: ServedSet) => void): () => void;
  /** Epoch ms since when the database does not answer: what is served may be old. null: it answers. */
  staleSince(): number | null;
  /** Oldest first. */
  pendingKills(): readonly PendingKill[];
  troubles(): readonly FlagTrouble[];
}
