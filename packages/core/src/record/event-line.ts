import type { Actor } from '../model/actor.ts';
import type { LaunchEvent } from '../model/event.ts';
import type { Outcome } from '../model/outcome.ts';

export function nameOf(actor: Actor): string {
  return actor.kind === 'person' ? actor.id : 'Slipway';
}

/** An event in a few words, for the list of all of them. */
export function eventLine(event: LaunchEvent): string {
  switch (event.type) {
    case 'launch-started':
      return `launch started: ${event.plan.artifact.name} ${event.plan.artifact.version}`;
    case 'step-started':
    case 'watch-started':
    case 'step-retried':
    case 'run-confirmed':
      return `${event.step}: ${event.type}`;
    case 'effect-started':
      return `${event.effect}: started, attempt ${event.attempt}`;
    case 'effect-noted':
      return `${event.effect}: noted where it stands`;
    case 'effect-settled':
      return `${event.effect}: ${outcomeText(event.outcome)}`;
    case 'move-done':
      return `${event.step}: move ${event.move} done`;
    case 'step-passed':
      return `${event.step}: passed: ${event.summary}`;
    case 'step-failed':
      return `${event.step}: failed: ${event.reason}`;
    case 'step-skipped':
      return `${event.step}: skipped: ${event.reason}`;
    case 'verdict-waived':
      return `${event.step}: verdict waived: ${event.reason}`;
    case 'vote-cast':
      return `${event.step}: ${event.vote === 'go' ? 'GO' : 'NO-GO'} on event ${event.basis.seq} (${event.basis.hash.slice(0, 12)})`;
    case 'votes-revoked':
      return `${event.step}: votes fell: ${event.reason}`;
    case 'task-done':
      return `${event.step}: done: ${event.proof}`;
    case 'outcome-answered':
      return `${event.effect}: a person says ${event.done ? 'done' : 'not done'}: ${event.reason}`;
    case 'held':
      return `held: ${'sentence' in event.cause ? event.cause.sentence : event.cause.reason}`;
    case 'resumed':
      return 'resumed';
    case 'environment-verified':
      return `${event.environment} verified: ${event.version}`;
    case 'notice-queued':
      return `message for ${event.channel}`;
    case 'turning-back':
      return `turning back (${event.cause.kind})`;
    case 'way-back-planned':
      return `way back planned: ${event.items.length} moves`;
    case 'way-back-retried':
      return 'way back taken up again';
    case 'launch-ended':
      return `launch ended: ${event.as}`;
  }
}

function outcomeText(outcome: Outcome): string {
  switch (outcome.result) {
    case 'done':
      return outcome.evidence.summary;
    case 'failed':
      return `failed: ${outcome.reason}`;
    case 'unknown':
      return `outcome unknown: ${outcome.reason}`;
    case 'cancelled':
      return 'stopped before it changed anything';
  }
}
