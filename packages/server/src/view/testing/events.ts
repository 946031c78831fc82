import type { EffectWork, HoldCause, LaunchEvent, Outcome, OutcomeData, UndoItem, Verdict } from '@slipway/core';
import { T0 } from './launches.ts';

type EventOf<T extends LaunchEvent['type']> = Extract<LaunchEvent, { readonly type: T }>;
type TurnBack = EventOf<'turning-back'>['cause'];

/** A step that has come to one of its moves. */
export function at(step: string, move = 0): readonly LaunchEvent[] {
  const started: LaunchEvent = { type: 'step-started', step };
  return move === 0 ? [started] : [started, { type: 'move-done', step, move: move - 1 }];
}

export function begun(effect: string, touches: string | null = null): LaunchEvent {
  return { type: 'effect-started', effect, attempt: 1, touches };
}

export function ended(effect: string, outcome: Outcome, touches: string | null = null): readonly LaunchEvent[] {
  const retryAt = outcome.result === 'failed' && outcome.retryable ? T0 + 500 : null;
  return [begun(effect, touches), { type: 'effect-settled', effect, attempt: 1, outcome, retryAt }];
}

export function done(data: OutcomeData = { kind: 'none' }): Outcome {
  return { result: 'done', evidence: { summary: 'exit 0', items: [] }, data };
}

export function failed(reason: string, retryable = false): Outcome {
  return { result: 'failed', reason, retryable, retryAfter: null, evidence: null };
}

export function held(cause: HoldCause): LaunchEvent {
  return { type: 'held', cause };
}

export function turningBack(cause: TurnBack): LaunchEvent {
  return { type: 'turning-back', cause, ending: 'rolled-back', stopBy: T0 + 10_000 };
}

export function planned(items: readonly UndoItem[]): LaunchEvent {
  return { type: 'way-back-planned', items };
}

export function undo(step: string, work: EffectWork): UndoItem {
  return { step, undo: { kind: 'effect', work, timeout: 60_000 } };
}

/** 1.0.0 serves production, and the rollout has come to a move behind its look. */
export function rollingOut(move: number): readonly LaunchEvent[] {
  const survey = done({ kind: 'survey', current: '1.0.0' });
  return [
    ...at('rollout-production', 1),
    ...ended('rollout-production:1.0', survey),
    ...to('rollout-production', move),
  ];
}

function to(step: string, move: number): readonly LaunchEvent[] {
  return [{ type: 'move-done', step, move: move - 1 }];
}

/** 2.1.0 was started and has 5 % of the traffic of production. */
export const CANARY: readonly LaunchEvent[] = [
  ...rollingOut(4),
  ...ended('rollout-production:2.0', done(), 'rollout-production'),
  ...ended('rollout-production:3.0', done()),
];

/** Two launches that wait for each other. */
export const RING: Extract<HoldCause, { kind: 'deadlock' }>['waits'] = [
  { launch: 'shop-1', environment: 'shop.production', holder: 'blog-1' },
  { launch: 'blog-1', environment: 'shop.staging', holder: 'shop-1' },
];

export const FAILED: Verdict = {
  decision: 'fail',
  culprit: 'errors',
  sentence: 'errors: 31 % on 2.1.0 after 62 requests',
  findings: [],
  samples: 62,
  exposure: 62,
  firstBadAt: T0,
  from: T0,
  to: T0 + 1000,
};
