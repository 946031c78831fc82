import type { FlagDefinition } from '../definition/flag-definition.ts';
import type { Bucketing } from '../evaluate/flag-evaluator.ts';
import type { Json } from '../json.ts';
import type { FlagRamp, Origin, Scheduled } from './flag-record.ts';
import type { FlagChange } from './flag-command.ts';
import type { FlagPolicy } from './flag-policy.ts';

/** Everything that can happen to a flag set. */
export type FlagEvent =
  /** First of all. */
  | { readonly type: 'set-created'; readonly bucketing: Bucketing }
  | {
      readonly type: 'flag-defined';
      readonly flag: string;
      readonly definition: FlagDefinition;
      readonly origin: Origin;
    }
  | { readonly type: 'flag-removed'; readonly flag: string }
  | { readonly type: 'segment-defined'; readonly segment: string; readonly rule: Json; readonly origin: Origin }
  | { readonly type: 'segment-removed'; readonly segment: string }
  | { readonly type: 'ramp-set'; readonly flag: string; readonly ramp: FlagRamp }
  | { readonly type: 'ramp-ended'; readonly flag: string }
  | { readonly type: 'flag-killed'; readonly flag: string; readonly reason: string; readonly launch: string | null }
  | { readonly type: 'flag-unkilled'; readonly flag: string; readonly reason: string }
  | { readonly type: 'change-scheduled'; readonly scheduled: Omit<Scheduled, 'by'> }
  /** Its change is in the events behind it. */
  | { readonly type: 'schedule-done'; readonly id: string }
  /** By a person, or because what it would change is not as it was expected: then `reason` says so. */
  | { readonly type: 'schedule-cancelled'; readonly id: string; readonly reason: string }
  | { readonly type: 'change-proposed'; readonly id: string; readonly change: FlagChange; readonly reason: string }
  /** What was proposed is in the events behind it. */
  | { readonly type: 'proposal-approved'; readonly id: string }
  | { readonly type: 'proposal-rejected'; readonly id: string; readonly reason: string }
  | { readonly type: 'policy-set'; readonly policy: FlagPolicy };

/** Who caused it: a person, or Slipway for a launch or a schedule. As in launches. */
export type FlagActor = { readonly kind: 'person'; readonly id: string } | { readonly kind: 'slipway' };

/** An event in the log of its set. */
export interface RecordedFlagEvent {
  /** 1, 2, 3, … within its set. */
  readonly seq: number;
  /** Epoch ms. */
  readonly at: number;
  readonly actor: FlagActor;
  readonly event: FlagEvent;
}
