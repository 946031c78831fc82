import { findEffect } from '@slipway/core';
import type { Change } from '../driver/driver.ts';
import type { Coverage } from './coverage.ts';

/** Counts what an event stands for. */
export function countEvent({ recorded, before }: Change, coverage: Coverage): void {
  const { event } = recorded;
  coverage.count(`event types: ${event.type}`);
  switch (event.type) {
    case 'held':
      return coverage.count(`holds: ${event.cause.kind}`);
    case 'turning-back':
      coverage.count(`ways back: ${event.ending}`);
      if (before.is === 'launch') coverage.count(`turned back: while ${before.mode.is}`);
      return coverage.count(`causes: ${event.cause.kind}`);
    case 'effect-settled': {
      const effect = before.is === 'launch' ? findEffect(before, event.effect) : null;
      if (effect !== null) coverage.count(`outcomes: ${effect.class} ${event.outcome.result}`);
      if (effect?.work.kind === 'roll') coverage.count(`rolls: ${event.outcome.result}`);
      if (effect?.work.kind === 'ramp') coverage.count(`ramps: ${event.outcome.result}`);
      if (effect?.work.kind === 'kill-flag') coverage.count(`kills: ${event.outcome.result}`);
      if (effect?.work.kind === 'shift' && effect.work.mirror !== undefined)
        coverage.count(`copies: ${event.outcome.result}`);
      if (event.effect.startsWith('~undo')) coverage.count(`undo items: ${event.outcome.result}`);
      if (event.outcome.result === 'done' && event.outcome.data.kind === 'verdict')
        coverage.count(`verdicts: ${event.outcome.data.verdict.decision}`);
      return;
    }
    case 'stepped-back':
      return coverage.count('steps back');
    case 'outcome-answered':
      return coverage.count(`answers: ${event.done ? 'done' : 'not done'}`);
    case 'vote-cast':
      return coverage.count(`votes: ${event.vote}`);
    case 'notice-queued':
      return event.page === undefined ? undefined : coverage.count(event.page === 1 ? 'pages: first' : 'pages: again');
    case 'launch-ended':
      return coverage.count(`ends: ${event.as}`);
    case 'launch-started':
    case 'step-started':
    case 'effect-started':
    case 'effect-noted':
    case 'time-counted':
    case 'soak-extended':
    case 'trigger-fired':
    case 'move-done':
    case 'watch-started':
    case 'step-passed':
    case 'step-failed':
    case 'step-skipped':
    case 'verdict-waived':
    case 'step-retried':
    case 'condition-met':
    case 'votes-expired':
    case 'waiver-proposed':
    case 'waiver-ended':
    case 'votes-revoked':
    case 'task-done':
    case 'page-acknowledged':
    case 'proof-refused':
    case 'tick-expired':
    case 'run-confirmed':
    case 'resumed':
    case 'scenario-proposed':
    case 'scenario-chosen':
    case 'window-changed':
    case 'window-overridden':
    case 't0-moved':
    case 'environment-verified':
    case 'way-back-planned':
    case 'way-back-retried':
  }
}
