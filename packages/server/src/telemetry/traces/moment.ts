import type { LaunchEvent, Recorded } from '@slipway/core';
import type { Attributes, SpanEvent } from './launch-span.ts';

/** What an event says to whoever reads the launch's own span; null: nothing. No reason and no name: people write what they like. */
export function momentOf({ event, at }: Recorded): SpanEvent | null {
  const attributes = attributesOf(event);
  return attributes === null ? null : { name: nameOf(event), at, attributes };
}

function nameOf(event: LaunchEvent): string {
  return event.type === 'effect-settled' ? 'verdict' : event.type;
}

function attributesOf(event: LaunchEvent): Attributes | null {
  switch (event.type) {
    case 'effect-settled':
      return verdictOf(event);
    case 'held':
      return { 'slipway.cause': event.cause.kind };
    case 'turning-back':
      return { 'slipway.cause': event.cause.kind, 'slipway.ending': event.ending };
    case 'vote-cast':
      return { 'slipway.step': event.step, 'slipway.vote': event.vote };
    case 'launch-ended':
      return { 'slipway.ending': event.as };
    case 'environment-verified':
      return { 'slipway.environment': event.environment, 'slipway.version': event.version };
    case 'condition-met':
    case 'votes-expired':
    case 'waiver-proposed':
    case 'waiver-ended':
    case 'votes-revoked':
    case 'verdict-waived':
    case 'step-retried':
    case 'step-skipped':
    case 'window-overridden':
    case 'soak-extended':
    case 'trigger-fired':
    case 'task-done':
    case 'proof-refused':
    case 'tick-expired':
    case 'run-confirmed':
    case 'page-acknowledged':
      return { 'slipway.step': event.step };
    case 'scenario-chosen':
      return { 'slipway.scenario': event.scenario };
    case 'outcome-answered':
      return { 'slipway.effect': event.effect, 'slipway.answer': event.done ? 'done' : 'not done' };
    case 'resumed':
    case 't0-moved':
    case 'way-back-retried':
      return {};
    case 'launch-started':
    case 'step-started':
    case 'effect-started':
    case 'effect-noted':
    case 'time-counted':
    case 'move-done':
    case 'watch-started':
    case 'stepped-back':
    case 'step-passed':
    case 'step-failed':
    case 'notice-queued':
    case 'way-back-planned':
    case 'window-changed':
    case 'scenario-proposed':
      return null;
  }
}

function verdictOf({ effect, outcome }: Extract<LaunchEvent, { type: 'effect-settled' }>): Attributes | null {
  if (outcome.result !== 'done' || outcome.data.kind !== 'verdict') return null;
  const { decision, culprit, samples } = outcome.data.verdict;
  return {
    'slipway.effect': effect,
    'slipway.verdict': decision,
    ...(culprit === null ? {} : { 'slipway.metric': culprit }),
    ...(samples === null ? {} : { 'slipway.samples': samples }),
  };
}
