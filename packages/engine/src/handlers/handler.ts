import type { Effect, EffectWork, Evidence, Json, Launch, OutcomeData } from '@slipway/core';
import type { Verification } from '@slipway/provider-kit';
import type { LiveLook } from '../live/live-look.ts';

/** What a handler is given for one attempt. */
export interface EffectContext {
  readonly launch: Launch;
  readonly effect: Effect;
  /** The effect as the launch wants it at this moment; absent, or null where nobody knows it any more: as it was begun. */
  readonly newest?: () => Effect | null;
  readonly attempt: number;
  /** Aborted at the time-out, when the launch no longer wants the effect, and at shutdown. */
  readonly signal: AbortSignal;
  /** What the last attempt noted before it died; null if nothing. */
  readonly note: Json;
  /** Stores what a successor needs. `record`: what nobody needs but the record. Never rejects; false: it is not stored, say it again later. */
  readonly noteDown: (note: Json, record?: Json) => Promise<boolean>;
  /** A trigger of what is watched is true. Absent: nobody acts on it. Never rejects; false: say it again at the next look. */
  readonly pull?: (trigger: number, found: string) => Promise<boolean>;
  /** One line for screens: what it is doing right now. */
  readonly say: (text: string) => void;
  readonly look: (look: LiveLook) => void;
}

export interface Done {
  readonly evidence: Evidence;
  readonly data: OutcomeData;
}

/** Does one kind of work. Rejects with TerminalError, RetryableError or OutcomeUnknownError; the engine decides what follows. */
export interface Handler<Work extends EffectWork = EffectWork> {
  run(work: Work, context: EffectContext): Promise<Done>;
  /** Asked when a worker died in the middle or the outcome is unknown. Changes nothing. */
  verify(work: Work, context: EffectContext): Promise<Verification>;
  /** Whether running it twice does no more than running it once. */
  idempotent(work: Work): boolean;
}

export type Handlers = { readonly [Kind in EffectWork['kind']]: Handler<Extract<EffectWork, { kind: Kind }>> };

/** For work that may simply be run again: verifying it would be running it. */
export async function runAgain(): Promise<Verification> {
  return { done: 'unknown', reason: 'it is run again instead' };
}

export function done(summary: string, items: Evidence['items'] = []): Done {
  return { evidence: { summary, items }, data: { kind: 'none' } };
}
