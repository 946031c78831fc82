import type { FlagDefinition } from '../definition/flag-definition.ts';
import type { Json } from '../json.ts';
import type { FlagPolicy } from './flag-policy.ts';
import type { FlagRamp, Origin, Scheduled } from './flag-record.ts';

/** What four eyes look at. */
export type FlagChange =
  /** Makes flags and segments of one origin be exactly these: others of the same file are removed. Nothing changes where they are so already. */
  | {
      readonly kind: 'apply';
      readonly origin: Origin;
      readonly flags: Readonly<Record<string, FlagDefinition>>;
      readonly segments: Readonly<Record<string, Json>>;
    }
  | { readonly kind: 'define'; readonly flag: string; readonly definition: FlagDefinition }
  | { readonly kind: 'remove'; readonly flag: string }
  | { readonly kind: 'define-segment'; readonly segment: string; readonly rule: Json }
  | { readonly kind: 'remove-segment'; readonly segment: string }
  /** Without a launch: by a person. A cohort only grows: what the ramp had stays in it. */
  | { readonly kind: 'ramp'; readonly flag: string; readonly ramp: Omit<FlagRamp, 'launch'> }
  | { readonly kind: 'end-ramp'; readonly flag: string }
  /** Lifts a kill: by a person only. */
  | { readonly kind: 'unkill'; readonly flag: string; readonly reason: string }
  /** One or several, as a ramp over time is. */
  | { readonly kind: 'schedule'; readonly scheduled: readonly Omit<Scheduled, 'by'>[] };

/** What is asked of a flag set. */
export type FlagCommand =
  /** Proposes it where the policy asks for approval, makes it otherwise. `id`: of the proposal, should it become one. */
  | { readonly type: 'change'; readonly id: string; readonly change: FlagChange; readonly reason: string }
  | { readonly type: 'approve'; readonly id: string }
  | { readonly type: 'reject'; readonly id: string; readonly reason: string }
  /** Never asks for approval, and may be given again. */
  | { readonly type: 'kill'; readonly flag: string; readonly reason: string; readonly launch: string | null }
  /** A launch's next share. Refused where the flag is killed, or ramps for another launch. */
  | { readonly type: 'launch-ramp'; readonly flag: string; readonly ramp: FlagRamp }
  | { readonly type: 'cancel-schedule'; readonly id: string; readonly reason: string }
  /** Makes what is due: given by the clock. */
  | { readonly type: 'run-due' }
  | { readonly type: 'set-policy'; readonly policy: FlagPolicy };

export interface FlagRejection {
  readonly code: 'not-found' | 'refused' | 'wrong-input' | 'needs-person';
  /** What to do about it. */
  readonly message: string;
}
