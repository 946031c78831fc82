import type { HoldCause, TurnBackCause } from './cause.ts';
import type { Notice, OpenPages, PageAnswer } from './notice.ts';
import type { AlertSender, Opening, Plan, TriggerDeed } from '@slipway/plan';
import type { Actor } from './actor.ts';
import type { ObserveMode } from './effect.ts';
import type { Basis, Ending } from './event.ts';
import type { Json } from './json.ts';
import type { LaunchPolicy } from './launch-policy.ts';
import type { Outcome } from './outcome.ts';
import type { ScenarioState } from './scenario.ts';
import type { UndoItem } from '../program/way-back.ts';
import type { Reasoned, Verdict } from './verdict.ts';

export type StepState =
  /** `round`: there where it began before, in a scenario that was left: its next effects have fresh ids. */
  | { readonly is: 'waiting'; readonly round?: number }
  /** Of a scenario that is not the chosen one. */
  | { readonly is: 'not-chosen'; readonly round: number }
  | {
      readonly is: 'active';
      /** Index into the step's program. */
      readonly move: number;
      /** Grows when a person retries: a fresh effect id. */
      readonly round: number;
      /** Epoch ms; of a wait for a length, when it was last counted. */
      readonly since: number;
      /** Milliseconds of a wait for a length that have passed. */
      readonly counted: number;
      /** How its observation goes on, where its move is one. */
      readonly observing: ObserveMode;
    }
  | ({
      readonly is: 'failed';
      readonly move: number;
      readonly round: number;
      readonly since: number;
    } & Reasoned)
  | {
      readonly is: 'passed';
      readonly at: number;
      readonly basis: Basis;
      readonly summary: string;
      readonly round: number;
      /** There where a check that decides a scenario could be asked, and said no. */
      readonly answer?: 'no';
    }
  | {
      readonly is: 'skipped';
      readonly at: number;
      readonly basis: Basis;
      readonly reason: string;
      readonly by: Actor;
      readonly round: number;
      /** Epoch ms at which the waiver ends. Absent: it does not. */
      readonly until?: number;
    };

export type EffectState =
  | { readonly is: 'started'; readonly attempt: number; readonly at: number; readonly note: Json }
  | {
      readonly is: 'retrying';
      readonly attempt: number;
      readonly retryAt: number;
      readonly reason: string;
      readonly note: Json;
    }
  | {
      readonly is: 'settled';
      readonly attempt: number;
      readonly at: number;
      /** Of the event that settled it: what came first, even if the clock was set back. */
      readonly seq: number;
      readonly outcome: Outcome;
      /** What it noted last: how far it came, should its outcome not say. */
      readonly note: Json;
    };

export interface Vote {
  readonly person: string;
  readonly vote: 'go' | 'no-go';
  readonly roles: readonly string[];
  readonly reason: string;
  readonly basis: Basis;
  readonly at: number;
  /** Of `roles`, those for which the voter stands in; it counts for them while nobody who holds them has voted. Absent: none. */
  readonly delegated?: readonly string[];
  /** Numbers of the conditions that it depends on. Absent: none. */
  readonly conditions?: readonly number[];
  /** There where it grew older than its sign-off allows. */
  readonly expired?: true;
}

/** Why a task that somebody ticked is open again. */
export type Unticked =
  /** Its address did not answer as wanted. */
  | ({ readonly kind: 'refused'; readonly at: number } & Reasoned)
  /** The tick had grown too old. `tickedAt`: epoch ms since when it had counted. */
  | { readonly kind: 'stale'; readonly at: number; readonly tickedAt: number };

/** What a GO depends on. */
export interface Condition {
  /** 1, 2, 3, … within its sign-off. */
  readonly number: number;
  readonly text: string;
  /** Who set it. */
  readonly person: string;
  /** null: it is open. */
  readonly met: { readonly by: Actor; readonly at: number; readonly proof: string } | null;
}

/** A waiver that a second person has to approve. */
export interface Proposal {
  readonly reason: string;
  readonly by: Actor;
  readonly at: number;
  /** Epoch ms at which it would end. Absent: it would not. */
  readonly until?: number;
}

/** How a soak stands. */
export interface SoakState {
  /** Grows when a person retries it: fresh effect ids. */
  readonly round: number;
  /** Milliseconds of it that have passed; without tiers nobody counts. */
  readonly counted: number;
  /** Epoch ms at which that was last counted. */
  readonly since: number;
  /** Milliseconds by which people extended it. */
  readonly extension: number;
  /** Milliseconds of it that had passed when what is watched now began: more than none after it was extended at its end. */
  readonly from: number;
  /** How many reviews that fell due are made, or stood for by a later one. */
  readonly reviewed: number;
  /** The newest time whose checks could not be asked, of which people were told. 0: there was none. */
  readonly doubted: number;
}

/** A trigger that was true. */
export interface FiredTrigger {
  readonly seq: number;
  readonly step: string;
  readonly effect: string;
  readonly trigger: number;
  readonly deed: TriggerDeed;
  /** There where an alert pulled it. */
  readonly alert?: { readonly from: AlertSender; readonly incident: string };
}

/** How a launch was held so far. */
export interface Holds {
  readonly times: number;
  /** Epoch ms at which the newest began; null: it never was. */
  readonly since: number | null;
  /** Who ended the newest; null: nobody has. */
  readonly endedBy: Actor | null;
}

/** What the launch as a whole is doing. */
export type Mode =
  | { readonly is: 'running' }
  | { readonly is: 'held'; readonly causes: readonly HoldCause[] }
  | {
      readonly is: 'stopping';
      readonly cause: TurnBackCause;
      readonly ending: 'scrubbed' | 'rolled-back';
      readonly stopBy: number;
      /** Epoch ms. */
      readonly turnedAt: number;
    }
  | {
      readonly is: 'undoing';
      readonly cause: TurnBackCause;
      readonly ending: 'scrubbed' | 'rolled-back';
      readonly items: readonly UndoItem[];
      readonly round: number;
      readonly turnedAt: number;
    }
  | {
      readonly is: 'incomplete';
      readonly cause: TurnBackCause;
      readonly ending: 'scrubbed' | 'rolled-back';
      readonly items: readonly UndoItem[];
      readonly round: number;
      readonly turnedAt: number;
      readonly at: number;
    }
  | {
      readonly is: 'ended';
      readonly as: Exclude<Ending, 'rollback-incomplete'>;
      readonly cause: TurnBackCause | null;
      readonly items: readonly UndoItem[];
      readonly at: number;
    };

/** One launch, folded from its events. */
export interface Launch {
  readonly is: 'launch';
  readonly id: string;
  readonly plan: Plan;
  readonly planDigest: string;
  /** null: it started under none. */
  readonly policy: LaunchPolicy | null;
  readonly directory: string;
  readonly t0: number;
  readonly startedAt: number;
  readonly startedBy: Actor;
  /** Sequence number and hash of the newest event. */
  readonly head: Basis;
  /** Of the first event: what a sign-off with nothing in front of it is bound to. */
  readonly origin: Basis;
  readonly mode: Mode;
  readonly steps: Readonly<Record<string, StepState>>;
  readonly effects: Readonly<Record<string, EffectState>>;
  readonly votes: Readonly<Record<string, readonly Vote[]>>;
  /** null: the plan offers no scenarios. */
  readonly scenario: ScenarioState | null;
  /** By sign-off, every condition ever set, in its order: of a vote that fell as well. */
  readonly conditions: Readonly<Record<string, readonly Condition[]>>;
  /** What the calendar was last known to say; null: nothing of production has asked yet. */
  readonly window: Opening | null;
  /** Steps that may begin in production whatever the calendar says, by whose word. */
  readonly overrides: Readonly<Record<string, Actor>>;
  /** Epoch ms at which a person was last asked about a freeze: those that had begun by then are answered for. */
  readonly freezeAskedAt: number | null;
  /** By step: waivers that are proposed and not decided. */
  readonly proposals: Readonly<Record<string, Proposal>>;
  readonly proofs: Readonly<Record<string, { readonly proof: string; readonly by: Actor; readonly at: number }>>;
  /** By task: why the newest tick does not count; absent once there is another. */
  readonly unticked: Readonly<Record<string, Unticked>>;
  readonly confirmed: Readonly<Record<string, Actor>>;
  /** By step: the version that served the environment before it; of a rollout by flag the variant that the others get. */
  readonly surveys: Readonly<Record<string, string | null>>;
  /** By step: soaks that have begun. */
  readonly soaks: Readonly<Record<string, SoakState>>;
  /** In their order. */
  readonly fired: readonly FiredTrigger[];
  /** Steps that began to change the world, in that order: the way back is its reverse. */
  readonly touched: readonly string[];
  /** Environment to the version verified to serve it. */
  readonly verified: Readonly<Record<string, string>>;
  readonly notices: Readonly<Record<string, Notice>>;
  /** The newest verdict of each step. */
  readonly verdicts: Readonly<Record<string, Verdict>>;
  readonly holds: Holds;
  /** null: nobody is to be paged, or somebody has acted since. */
  readonly pages: OpenPages | null;
  /** In their order. */
  readonly answers: readonly PageAnswer[];
}

export type State = { readonly is: 'absent' } | Launch;

export const ABSENT: State = { is: 'absent' };
