import type { AlertSender, Plan } from '@slipway/plan';
import type { Json } from './json.ts';
import type { LaunchPolicy } from './launch-policy.ts';
import type { Lived } from './lived.ts';
import type { Outcome } from './outcome.ts';

/** What people, the clock and workers may ask of a launch. */
export type Command =
  | {
      readonly type: 'start';
      readonly launch: string;
      readonly plan: Plan;
      readonly planDigest: string;
      readonly directory: string;
      /** Left out: there is none. */
      readonly policy?: LaunchPolicy;
    }
  /** A GO or NO-GO, bound to the basis that the voter saw. */
  | {
      readonly type: 'vote';
      readonly step: string;
      readonly vote: 'go' | 'no-go';
      readonly reason: string;
      readonly basis: number;
      /** What a GO depends on, one line each; left out: nothing. */
      readonly conditions?: readonly string[];
    }
  /** A condition of a GO is met. `condition`: 1, 2, 3, … within its sign-off. */
  | { readonly type: 'meet-condition'; readonly step: string; readonly condition: number; readonly proof: string }
  | { readonly type: 'confirm'; readonly step: string; readonly phrase: string }
  /** One of the scenarios of the plan, on the proposal that the person saw. `basis`: number of its event. */
  | { readonly type: 'choose'; readonly scenario: string; readonly reason: string; readonly basis: number }
  | { readonly type: 'complete-task'; readonly step: string; readonly proof: string }
  | { readonly type: 'hold'; readonly reason: string }
  | { readonly type: 'resume' }
  | { readonly type: 'abort'; readonly reason: string }
  | { readonly type: 'rollback'; readonly reason: string }
  /** Runs a failed step again; an ended but incomplete way back when no step is named. */
  | { readonly type: 'retry'; readonly step: string | null }
  /** `until`: epoch ms at which the waiver of a check ends; left out: it does not. */
  | { readonly type: 'skip'; readonly step: string; readonly reason: string; readonly until?: number }
  /** A soak lasts so many milliseconds longer. */
  | { readonly type: 'extend-soak'; readonly step: string; readonly ms: number; readonly reason: string }
  /** The second person's word, where the policy wants one. */
  | { readonly type: 'approve-waiver'; readonly step: string }
  /** A step begins in production although the calendar says no. */
  | { readonly type: 'override-window'; readonly step: string; readonly reason: string }
  /** Moves T-0, to epoch ms. */
  | { readonly type: 'slip'; readonly to: number; readonly reason: string }
  /** A person says whether an effect of unknown outcome happened. */
  | { readonly type: 'answer'; readonly effect: string; readonly done: boolean; readonly reason: string }
  /** Somebody is on what pages tell of. `page`: the one that they read; null: the newest. `by`: who it is, where that is somebody else. */
  | { readonly type: 'acknowledge'; readonly page: number | null; readonly by?: string }
  /** From outside: something is wrong. `incident`: the same for all that is told of the same trouble. */
  | {
      readonly type: 'alert';
      readonly from: AlertSender;
      readonly incident: string;
      readonly title: string;
      readonly labels: Readonly<Record<string, string>>;
    }
  /** The clock's. `lived` left out: nothing is known to have passed. */
  | { readonly type: 'tick'; readonly lived?: Lived }
  /** A worker's, before it runs an effect. `again`: it was started before and is known not to have happened. */
  | { readonly type: 'begin-effect'; readonly effect: string; readonly again: boolean }
  /** A worker's that watches: a trigger is true. */
  | {
      readonly type: 'pull-trigger';
      readonly effect: string;
      readonly attempt: number;
      readonly trigger: number;
      readonly found: string;
    }
  | {
      readonly type: 'note-effect';
      readonly effect: string;
      readonly attempt: number;
      readonly note: Json;
      readonly record?: Json;
    }
  | { readonly type: 'settle-effect'; readonly effect: string; readonly attempt: number; readonly outcome: Outcome };

/** Why a command was refused, for people and for programs. */
export interface Rejection {
  readonly code: 'not-found' | 'not-allowed' | 'not-now' | 'conflict' | 'wrong-input';
  readonly message: string;
}
