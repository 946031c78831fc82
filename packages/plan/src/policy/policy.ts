/** What plans of a team must keep to: floors that a plan may tighten and never loosen. */
export interface Policy {
  /** Role to the people who may hold it or stand in for it: a plan names these, or fewer. A role that is not here is the plan's own. */
  readonly people: Readonly<Record<string, readonly string[]>>;
  /** What stands in front of every step that changes an environment of this tier. */
  readonly signoffs: Readonly<Partial<Record<Tier, SignoffFloor>>>;
  /** Checks that stand in front of every step that changes an environment of this tier. Absent: none has to. */
  readonly checks?: Readonly<Partial<Record<'production', ChecksFloor>>>;
  readonly waivers: WaiverRules;
  /** Commands that no step runs, besides those that none ever does. */
  readonly forbidCommands: readonly string[];
}

export type Tier = 'production' | 'staging';

/** The least that a sign-off asks for. */
export interface SignoffFloor {
  /** Role to the number of GOs it takes. */
  readonly quorum: Readonly<Record<string, number>>;
  /** Who has no vote: `author` is who started the launch, every other word a role. */
  readonly not: readonly string[];
  /** One person counts for one role only. */
  readonly distinct: boolean;
  /** Milliseconds that a GO may last at most; null: as long as the plan likes. */
  readonly expires: number | null;
}

/** The least that is proved. */
export interface ChecksFloor {
  /** The server rehearses the plan itself, and every scenario ends as the plan wants. */
  readonly rehearsal: boolean;
  /** Milliseconds ago that the way back of this artifact was walked on staging at most; null: it need not have been. */
  readonly rollbackRehearsed: number | null;
}

export interface WaiverRules {
  /** The role of whoever approves what somebody else wants to waive; null: nobody has to. */
  readonly secondPerson: string | null;
  /** Milliseconds that the waiver of a check may last at most; null: it may have no end. */
  readonly longest: number | null;
  /** Checks, by the name of the step or of what checks, that nobody waives. */
  readonly never: readonly string[];
}

/** The policy of a team that has none: what no plan may do is forbidden all the same. */
export const NO_POLICY: Policy = {
  people: {},
  signoffs: {},
  waivers: { secondPerson: null, longest: null, never: [] },
  forbidCommands: [],
};
