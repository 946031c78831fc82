import type { LaunchMoment, MessageSpec, Plan } from '@slipway/plan';
import type { Actor } from './actor.ts';
import type { ObserveMode } from './effect.ts';
import type { Basis, Ending } from './event.ts';
import type { Json } from './json.ts';
import type { Outcome, Wait } from './outcome.ts';
import type { UndoItem } from '../program/way-back.ts';
import type { Reasoned, Said, Verdict, VerdictDecision } from './verdict.ts';

export type Moment = LaunchMoment;

interface Paging {
  /** There where the people on call are told, again and again until somebody acts. */
  readonly page?: true;
}

/** Why a launch does not go on. */
export type HoldCause =
  | { readonly kind: 'person'; readonly reason: string }
  | ({ readonly kind: 'step-failed'; readonly step: string } & Reasoned & Paging)
  | ({ readonly kind: 'verdict'; readonly step: string; readonly decision: VerdictDecision } & Said & Paging)
  | { readonly kind: 'unknown-outcome'; readonly step: string; readonly effect: string; readonly reason: string }
  /** The step waits for what another launch holds, which waits in a ring for what this one holds. */
  | { readonly kind: 'deadlock'; readonly step: string; readonly waits: readonly Wait[] };

/** A hold of which the people on call are told. */
export type PagedCause = Extract<HoldCause, { readonly kind: 'step-failed' | 'verdict' }>;

/** Why a launch goes back. */
export type TurnBackCause =
  | { readonly kind: 'verdict'; readonly step: string; readonly verdict: Verdict }
  | ({ readonly kind: 'step-failed'; readonly step: string } & Reasoned)
  | ({ readonly kind: 'no-go'; readonly step: string } & Reasoned)
  | { readonly kind: 'abort'; readonly reason: string }
  | { readonly kind: 'rollback'; readonly reason: string };

export type StepState =
  | { readonly is: 'waiting' }
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
    }
  | {
      readonly is: 'skipped';
      readonly at: number;
      readonly basis: Basis;
      readonly reason: string;
      readonly by: Actor;
      readonly round: number;
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
}

/** A message that is to leave, or left. Its delivery is the effect of the same id. */
export interface Notice {
  readonly id: string;
  readonly step: string | null;
  readonly moment: Moment | null;
  readonly channel: string;
  readonly message: MessageSpec;
  readonly queuedAt: number;
  /** There where it is a page: the how many-th, 1, 2, 3, … */
  readonly page?: number;
}

/** Pages that go on. */
export interface OpenPages {
  readonly cause: PagedCause;
  /** How many times the people on call were told. */
  readonly times: number;
  /** Epoch ms of the last time. */
  readonly since: number;
  /** The notices of the last time: those before are worth nothing any more. */
  readonly newest: readonly string[];
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
  readonly proofs: Readonly<Record<string, { readonly proof: string; readonly by: Actor; readonly at: number }>>;
  readonly confirmed: Readonly<Record<string, Actor>>;
  /** By step: the version that served the environment before it; of a rollout by flag the variant that the others get. */
  readonly surveys: Readonly<Record<string, string | null>>;
  /** Steps that began to change the world, in that order: the way back is its reverse. */
  readonly touched: readonly string[];
  /** Environment to the version verified to serve it. */
  readonly verified: Readonly<Record<string, string>>;
  readonly notices: Readonly<Record<string, Notice>>;
  /** The newest verdict of each step. */
  readonly verdicts: Readonly<Record<string, Verdict>>;
  /** null: nobody is to be paged, or somebody has acted since. */
  readonly pages: OpenPages | null;
}

export type State = { readonly is: 'absent' } | Launch;

export const ABSENT: State = { is: 'absent' };
