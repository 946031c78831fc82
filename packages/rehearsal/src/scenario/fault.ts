/** Where the worker dies: when the effect is written down as started, when it has reached the world, when its outcome is written down. */
export const BOUNDARIES = ['start-after', 'work-after', 'settle-after'] as const;
export type Boundary = (typeof BOUNDARIES)[number];

/** In place of a step: messages that the launch sends by itself, and the way back. No step's id has a tilde. */
export const ANNOUNCEMENTS = '~announcements';
export const WAY_BACK = '~way-back';

/** What goes wrong in one scenario. */
export type Fault =
  | { readonly kind: 'none' }
  /** A check says no, a command or a deploy fails for good. */
  | { readonly kind: 'fail'; readonly step: string }
  /** What changes the world is done, and nobody can say so. */
  | { readonly kind: 'unknown'; readonly step: string }
  | { readonly kind: 'no-go'; readonly step: string }
  /** The new version is worse, or nothing can be measured, from when this share is watched. `stage`: index of the watch within its step. */
  | { readonly kind: 'bad' | 'silent'; readonly step: string; readonly stage: number }
  /** At that boundary of each effect of the step, the process dies once. */
  | { readonly kind: 'crash'; readonly step: string; readonly boundary: Boundary }
  /** The channel takes no message. */
  | { readonly kind: 'mute'; readonly channel: string }
  /** A person calls off as soon as the phase has changed something, or goes back when all of it is done. */
  | { readonly kind: 'abort' | 'rollback'; readonly phase: string }
  /** A person goes back at the end of the phase, and the way back of the step fails for good. */
  | { readonly kind: 'back-fails'; readonly step: string; readonly phase: string }
  /** The new version never gets the requests that a verdict rests on. `stage`: as of `bad`. */
  | { readonly kind: 'too-few'; readonly step: string; readonly stage: number }
  /** A freeze begins while the step is changing production. Epoch ms. */
  | ({ readonly kind: 'freeze'; readonly step: string; readonly answer: FreezeAnswer } & FreezeSpan)
  /** A trigger of the step is true at the first look. `trigger`: its place among those of the watch. */
  | { readonly kind: 'trigger'; readonly step: string; readonly trigger: number }
  /** An alert comes from outside while the step is under way. `trigger`: its place among those that alerts pull. */
  | { readonly kind: 'alert'; readonly step: string; readonly trigger: number }
  /** The checks during a soak say no, or cannot be asked. */
  | { readonly kind: 'soak-check' | 'soak-unasked'; readonly step: string }
  /** Whoever reviews a soak does not like what they see, or comes too late. */
  | { readonly kind: 'review'; readonly step: string; readonly how: 'refused' | 'overdue' }
  /** A person has the soak last half as long again. */
  | { readonly kind: 'extend'; readonly step: string }
  /** People choose this scenario of the plan. */
  | { readonly kind: 'choose'; readonly scenario: string }
  /** A person moves T-0 by a day as soon as the launch has begun. */
  | { readonly kind: 'slip' }
  /** The launch is held, and the GOs on the sign-off grow too old meanwhile. */
  | { readonly kind: 'expire'; readonly step: string };

/** What people say of a freeze that begins in the middle of a step: go on, wait for its end, or go back. */
export const FREEZE_ANSWERS = ['finish', 'hold', 'rollback'] as const;
export type FreezeAnswer = (typeof FREEZE_ANSWERS)[number];

/** Epoch ms. */
export interface FreezeSpan {
  readonly from: number;
  readonly to: number;
}

export type FaultKind = Fault['kind'];

/** How a rehearsed launch may end. `held`: it waits for somebody who does not come; `stuck`: for nothing. */
export type End = 'completed' | 'scrubbed' | 'rolled-back' | 'rollback-incomplete' | 'held' | 'stuck';

export interface Scenario {
  /** As people type it: `bad:rollout-production@25`. */
  readonly id: string;
  readonly fault: Fault;
  /** Endings that the plan wants, once the fault has come about. */
  readonly wants: readonly End[];
}
