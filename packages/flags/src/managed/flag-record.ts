import type { FlagDefinition } from '../definition/flag-definition.ts';
import type { Json } from '../json.ts';

/** What a flag is for; it says how long one may live. */
export type FlagType = 'release' | 'experiment' | 'ops' | 'permission';

/** Another flag that must serve a variant; where it does not, this one serves its off variant. */
export interface Prerequisite {
  readonly flag: string;
  readonly variant: string;
}

/** What a team must say of each flag. In a definition file these are metadata: type, owner, purpose, expires, off, requires. */
export interface FlagAbout {
  readonly type: FlagType;
  readonly owner: string;
  readonly purpose: string;
  /** Expected end of life, as 2027-01-31; 'never' for ops and permission only. */
  readonly expires: string;
  /** The variant that a kill serves. Default of a boolean flag: the one whose value is false. */
  readonly off: string;
  /** In a file: `requires: "other=on, third=blue"`. */
  readonly requires: readonly Prerequisite[];
}

/** People by what their context says. */
export type Group =
  /** Those of a segment: the name of a rule of the flag set. */
  | { readonly kind: 'segment'; readonly segment: string }
  /** Those for whom a rule (JSONLogic) is true, as a launch plan brings it. */
  | { readonly kind: 'rule'; readonly name: string; readonly rule: Json };

/** Who gets the variant. All of a ramp's audiences count together: none is taken away from it, so cohorts only grow. */
export type Audience =
  | Group
  /** So many per cent (0..100, at most 3 decimals) of everybody, or of a group, chosen by the hash of their targeting key. */
  | { readonly kind: 'share'; readonly percent: number; readonly of: Group | null };

/** A variant on its way to everybody. */
export interface FlagRamp {
  readonly variant: string;
  /** Seed of the cohort: flags with the same one get the same people. The flag's key unless it is linked. */
  readonly cohort: string;
  readonly audience: readonly Audience[];
  /** The launch and its step that move it; null: a person or a schedule. */
  readonly launch: { readonly id: string; readonly step: string } | null;
}

/** Everybody gets the off variant, until a person says otherwise. */
export interface Kill {
  readonly reason: string;
  /** The launch whose way back it is; null: a person's. */
  readonly launch: string | null;
  readonly by: string;
  /** Epoch ms. */
  readonly at: number;
}

/** What happens to a flag at a time. */
export type ScheduledChange =
  | { readonly kind: 'ramp'; readonly ramp: Omit<FlagRamp, 'launch'> }
  | { readonly kind: 'end-ramp' }
  | { readonly kind: 'kill'; readonly reason: string }
  | { readonly kind: 'define'; readonly definition: FlagDefinition };

export interface Scheduled {
  readonly id: string;
  readonly flag: string;
  /** Epoch ms. */
  readonly at: number;
  readonly change: ScheduledChange;
  readonly by: string;
}

/** Where a definition is kept: what is in a repository is edited there and nowhere else. */
export type Origin = { readonly kind: 'server' } | { readonly kind: 'file'; readonly file: string };

/** One flag of a set. */
export interface FlagRecord {
  readonly key: string;
  /** As written, its metadata included. */
  readonly definition: FlagDefinition;
  readonly about: FlagAbout;
  readonly origin: Origin;
  readonly ramp: FlagRamp | null;
  readonly kill: Kill | null;
  /** Sequence number and epoch ms of the newest event about it. */
  readonly revision: number;
  readonly changedAt: number;
  readonly createdAt: number;
}

/** A rule by name: JSONLogic that is true for who belongs to it. */
export interface SegmentRecord {
  readonly name: string;
  readonly rule: Json;
  readonly origin: Origin;
}
