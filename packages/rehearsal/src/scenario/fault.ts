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
  | { readonly kind: 'abort' | 'rollback'; readonly phase: string };

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
