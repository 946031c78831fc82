import type { AlertSender, MessageSpec, Opening, Plan, TriggerDeed } from '@slipway/plan';
import type { Actor } from './actor.ts';
import type { ObserveMode } from './effect.ts';
import type { Json } from './json.ts';
import type { LaunchPolicy } from './launch-policy.ts';
import type { Outcome } from './outcome.ts';
import type { HoldCause, TurnBackCause } from './cause.ts';
import type { Moment } from './notice.ts';
import type { ScenarioProposal } from './scenario.ts';
import type { Reasoned } from './verdict.ts';
import type { UndoItem } from '../program/way-back.ts';

/** The facts that a vote is bound to: the newest event in front of the sign-off. The chain makes its hash cover plan, artifact and evidence. */
export interface Basis {
  readonly seq: number;
  readonly hash: string;
}

/** How a launch can end. */
export type Ending = 'completed' | 'scrubbed' | 'rolled-back' | 'rollback-incomplete';

/** Everything that can happen to a launch. A new kind must break the build wherever kinds are told apart. */
export type LaunchEvent =
  | {
      readonly type: 'launch-started';
      readonly launch: string;
      readonly plan: Plan;
      readonly planDigest: string;
      /** Folder of the plan, against which its paths are resolved. */
      readonly directory: string;
      readonly t0: number;
      /** Left out: there is none. */
      readonly policy?: LaunchPolicy;
    }
  | { readonly type: 'step-started'; readonly step: string }
  | {
      readonly type: 'effect-started';
      readonly effect: string;
      readonly attempt: number;
      /** The step that begins to change the world with it; null where it changes nothing of the way there. */
      readonly touches: string | null;
    }
  /** What an effect wants its successor to know, should its worker die. `record`: for the record alone, no state keeps it. */
  | { readonly type: 'effect-noted'; readonly effect: string; readonly note: Json; readonly record?: Json }
  | {
      readonly type: 'effect-settled';
      readonly effect: string;
      readonly attempt: number;
      readonly outcome: Outcome;
      /** Epoch ms at which it is tried again; null: it is settled for good. Written down, so that no later rule changes it. */
      readonly retryAt: number | null;
    }
  /** So many more milliseconds of a wait have passed, by a clock that nobody sets. */
  | { readonly type: 'time-counted'; readonly step: string; readonly ms: number }
  /** A person has the soak last so many milliseconds longer. */
  | { readonly type: 'soak-extended'; readonly step: string; readonly ms: number; readonly reason: string }
  /** A trigger of the plan is true. `effect`: of the watch that saw it; `trigger`: its place among those of the step. */
  | {
      readonly type: 'trigger-fired';
      readonly step: string;
      readonly effect: string;
      readonly trigger: number;
      readonly when: string;
      readonly deed: TriggerDeed;
      /** The figures, in words; of an alert its title. */
      readonly found: string;
      /** There where an alert pulled it: `trigger` is its place among those that alerts pull. */
      readonly alert?: { readonly from: AlertSender; readonly incident: string };
    }
  | { readonly type: 'move-done'; readonly step: string; readonly move: number }
  | { readonly type: 'watch-started'; readonly step: string; readonly mode: Exclude<ObserveMode, 'decide'> }
  /** A suspected version goes back to the share before; `move` sets that one. */
  | { readonly type: 'stepped-back'; readonly step: string; readonly move: number }
  | {
      readonly type: 'step-passed';
      readonly step: string;
      readonly summary: string;
      /** There where a check that decides a scenario could be asked, and said no. */
      readonly answer?: 'no';
    }
  | ({ readonly type: 'step-failed'; readonly step: string } & Reasoned)
  | {
      readonly type: 'step-skipped';
      readonly step: string;
      readonly reason: string;
      /** Epoch ms at which the waiver ends. Left out: it does not. */
      readonly until?: number;
      /** Who proposed the waiver that somebody else approved. Left out: nobody had to. */
      readonly proposedBy?: string;
    }
  /** Somebody wants to go on without a step; by the policy a second person decides. `until`: as of step-skipped. */
  | { readonly type: 'waiver-proposed'; readonly step: string; readonly reason: string; readonly until?: number }
  /** A waiver is over: what it stood for is asked again. */
  | { readonly type: 'waiver-ended'; readonly step: string }
  | { readonly type: 'verdict-waived'; readonly step: string; readonly reason: string }
  | { readonly type: 'step-retried'; readonly step: string }
  | {
      readonly type: 'vote-cast';
      readonly step: string;
      readonly vote: 'go' | 'no-go';
      readonly roles: readonly string[];
      readonly reason: string;
      readonly basis: Basis;
      /** Of `roles`, those for which the voter stands in. Left out: none. */
      readonly delegated?: readonly string[];
      /** What a GO depends on. Left out: nothing. */
      readonly conditions?: readonly string[];
    }
  /** `condition`: 1, 2, 3, … within its sign-off, in the order in which they were set. */
  | { readonly type: 'condition-met'; readonly step: string; readonly condition: number; readonly proof: string }
  /** GOs that are older than the sign-off allows. */
  | { readonly type: 'votes-expired'; readonly step: string; readonly people: readonly string[] }
  | { readonly type: 'votes-revoked'; readonly step: string; readonly reason: string }
  /** The gate is done: what the decision table says of its facts. */
  | ({ readonly type: 'scenario-proposed' } & ScenarioProposal)
  /** A person with its authority chose a scenario; the steps of the others are not run. `basis`: the proposal that they saw. */
  | {
      readonly type: 'scenario-chosen';
      readonly scenario: string;
      readonly reason: string;
      /** null: the table proposed nothing. */
      readonly proposed: string | null;
      readonly planDigest: string;
      readonly basis: Basis;
      /** There where the table proposed another one. */
      readonly override?: true;
      /** Epoch ms up to which nothing changes. Left out: things do. */
      readonly until?: number;
      /** Steps of the scenario that was left, which prove first that nothing has changed. Left out: none. */
      readonly proving?: readonly string[];
    }
  | { readonly type: 'task-done'; readonly step: string; readonly proof: string }
  /** The address that was given as proof does not answer as wanted, or not at all: the task is open again. */
  | ({ readonly type: 'proof-refused'; readonly step: string } & Reasoned)
  /** The tick of a task is too old for what stands on it to begin: a person ticks it again, or its address is asked again. */
  | {
      readonly type: 'tick-expired';
      readonly step: string;
      /** Epoch ms since when it had counted. */
      readonly tickedAt: number;
      readonly ask: 'person' | 'url';
    }
  | { readonly type: 'run-confirmed'; readonly step: string }
  | { readonly type: 'outcome-answered'; readonly effect: string; readonly done: boolean; readonly reason: string }
  | { readonly type: 'held'; readonly cause: HoldCause }
  | { readonly type: 'resumed' }
  /** What the calendar says from now on, told while a step of production waits for it or is under way. */
  | { readonly type: 'window-changed'; readonly opening: Opening }
  /** A person says that a step begins in production although the calendar says no. */
  | { readonly type: 'window-overridden'; readonly step: string; readonly reason: string }
  /** All that is relative to T-0 moves with it. Epoch ms. */
  | { readonly type: 't0-moved'; readonly from: number; readonly to: number; readonly reason: string }
  | { readonly type: 'environment-verified'; readonly environment: string; readonly version: string }
  | {
      readonly type: 'notice-queued';
      readonly notice: string;
      readonly step: string | null;
      readonly moment: Moment | null;
      readonly channel: string;
      readonly message: MessageSpec;
      /** Index of the plan's announcement that it is. Left out: it is none, or was written before it was kept. */
      readonly announcement?: number;
      /** There where it is a page: the how many-th, 1, 2, 3, … */
      readonly page?: number;
      /** Epoch ms of the end of the quiet hours that it waits for. Left out: it does not wait. */
      readonly until?: number;
      /** The message that waited and whose place it takes. Left out: it takes none's. */
      readonly instead?: string;
      /** How many messages of its cadence it is, those that it took the place of and itself. Left out: one. */
      readonly standsFor?: number;
      /** There where it asks people for something: of which step, and the how many-th reminder it is; 0: it is none. */
      readonly asks?: { readonly step: string; readonly time: number };
      /** There where nobody answered in time: the how many-th of those who are told next, 1, 2, 3, … */
      readonly escalation?: number;
    }
  /** A person answers the pages that go on. */
  | {
      readonly type: 'page-acknowledged';
      readonly step: string;
      /** The newest that they had been told by. */
      readonly page: number;
      /** Who is on it, where that is not who said so. */
      readonly by?: string;
    }
  | {
      readonly type: 'turning-back';
      readonly cause: TurnBackCause;
      readonly ending: 'scrubbed' | 'rolled-back';
      /** Epoch ms after which work still in flight is no longer waited for. */
      readonly stopBy: number;
    }
  | { readonly type: 'way-back-planned'; readonly items: readonly UndoItem[] }
  | { readonly type: 'way-back-retried' }
  | { readonly type: 'launch-ended'; readonly as: Ending };

/** The events of one kind. */
export type EventOf<T extends LaunchEvent['type']> = Extract<LaunchEvent, { type: T }>;

/** An event with who caused it, before it has a place in the log. */
export interface Draft {
  readonly actor: Actor;
  readonly event: LaunchEvent;
}

/** An event in the log. */
export interface Recorded extends Draft {
  /** 1, 2, 3, … within its launch. */
  readonly seq: number;
  /** Epoch ms by the wall clock: it may step back. The order is that of `seq`, and lengths are counted. */
  readonly at: number;
  /** Hash over the previous event's hash and this event; empty while it is not yet stored. */
  readonly hash: string;
}
