import type { ClosedBecause } from '../model/calendar.ts';
import type { FlagAudience } from '../model/flag-audience.ts';
import type { OnFail, StepKind } from '../model/step.ts';

/** What a step does to the world. */
export type EffectClass = 'read-only' | 'executive' | 'person' | 'message' | 'wait';

/** One step of a plan, told before the launch starts. Times are the earliest possible. */
export interface TimelineEntry {
  readonly phase: string;
  readonly id: string;
  readonly kind: StepKind;
  readonly title: string;
  readonly environment: string | null;
  readonly effect: EffectClass;
  /** Ids of the steps it waits for. */
  readonly needs: readonly string[];
  /** Epoch milliseconds before which it cannot start. */
  readonly earliestStart: number;
  /** The same relative to T-0, in milliseconds. */
  readonly tOffset: number;
  /** Milliseconds that it takes at least: holds, soaks and waits; 0 for what nobody can know. */
  readonly leastMs: number;
  /** Whether it takes exactly that long, if nothing goes wrong; false for commands and people. */
  readonly known: boolean;
  /** What people must do for it, one line each; empty where nobody has to. */
  readonly who: readonly string[];
  /** How it is taken back, in words; null where there is nothing to take back. */
  readonly wayBack: string | null;
  /** After it, a rollback cannot bring everything back. */
  readonly pointOfNoReturn: boolean;
  /** Whether it changes something of tier production: from the first such step on, calling off is a rollback. */
  readonly touchesProduction: boolean;
  /** There where the plan has a calendar and the step changes production. */
  readonly gate?: TimelineGate;
  /** The scenario that it runs in, once that is chosen; a step of several is told once for each. Absent: whatever is chosen. */
  readonly scenario?: string;
  /** Absent: it belongs to none. */
  readonly track?: string;
  readonly onFail: OnFail;
  /** Shares of traffic, of requests that are copied, or of people, with their holds, for a rollout; else empty. */
  readonly stages: readonly TimelineStage[];
}

/** What the calendar says of a step. Epoch milliseconds. */
export interface TimelineGate {
  /** When nothing else is in front of it. */
  readonly ready: number;
  /** Why it waits then; empty: it does not. */
  readonly why: readonly ClosedBecause[];
  /** When it opens; null: not within a year. Where it does not wait: when it is ready. */
  readonly opens: number | null;
  /** When it closes after the step began; null: not within a year. */
  readonly closes: number | null;
}

export interface TimelineStage {
  /** Per cent; null: those of a segment. */
  readonly weight: number | null;
  readonly holdMs: number;
  /** There where a flag is ramped: who gets the variant from then on. */
  readonly audience?: FlagAudience;
}

export interface TimelineSummary {
  readonly phases: number;
  readonly steps: number;
  /** Steps that change the world. */
  readonly executive: number;
  /** Steps that wait for a person. */
  readonly people: number;
  /** Milliseconds from the start that the launch takes at least. */
  readonly shortestMs: number;
}
