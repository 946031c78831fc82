import type { Opening } from '@slipway/plan';
import type { Actor } from '../model/actor.ts';
import type { LaunchEvent } from '../model/event.ts';
import type { Outcome } from '../model/outcome.ts';
import type { HoldCause } from '../model/cause.ts';
import type { EventWords } from './event-words.ts';
import { utcTime } from './iso-time.ts';

export function nameOf(actor: Actor): string {
  return actor.kind === 'person' ? actor.id : 'Slipway';
}

/** An event in a few words, for the list of all of them. What people and programs wrote stays as they wrote it. */
export function eventLine(event: LaunchEvent, words: EventWords): string {
  switch (event.type) {
    case 'launch-started':
      return words.launchStarted(`${event.plan.artifact.name} ${event.plan.artifact.version}`);
    case 'effect-started':
      return words.about(event.effect, words.effectStarted(event.attempt));
    case 'effect-noted':
      return words.about(event.effect, words.effectNoted);
    case 'effect-settled':
      return words.about(event.effect, outcomeText(event.outcome, words));
    case 'outcome-answered':
      return words.about(event.effect, words.answered(event.done, event.reason));
    case 'held':
      return words.held(holdText(event.cause, words));
    case 'resumed':
      return words.resumed;
    case 'window-changed':
      return openingText(event.opening, words);
    case 'scenario-proposed':
      return words.scenarioProposed(event.scenario);
    case 'scenario-chosen':
      return words.scenarioChosen(event);
    case 't0-moved':
      return words.t0Moved(event.from, event.to, event.reason);
    case 'environment-verified':
      return words.verified(event.environment, event.version);
    case 'notice-queued':
      return noticeText(event, words);
    case 'turning-back':
      return words.turningBack[event.cause.kind];
    case 'way-back-planned':
      return words.wayBackPlanned(event.items.length);
    case 'way-back-retried':
      return words.wayBackRetried;
    case 'launch-ended':
      return words.launchEnded[event.as];
    case 'page-acknowledged':
      return words.about(event.step, words.acknowledged(event.page, event.by));
    case 'step-started':
    case 'watch-started':
    case 'stepped-back':
    case 'step-retried':
    case 'run-confirmed':
    case 'time-counted':
    case 'soak-extended':
    case 'trigger-fired':
    case 'move-done':
    case 'step-passed':
    case 'step-failed':
    case 'step-skipped':
    case 'verdict-waived':
    case 'window-overridden':
    case 'vote-cast':
    case 'condition-met':
    case 'votes-expired':
    case 'waiver-proposed':
    case 'waiver-ended':
    case 'votes-revoked':
    case 'task-done':
    case 'proof-refused':
    case 'tick-expired':
      return words.about(event.step, stepText(event, words));
  }
}

function noticeText(
  { channel, page, until, standsFor = 1 }: Extract<LaunchEvent, { readonly type: 'notice-queued' }>,
  words: EventWords,
): string {
  if (page !== undefined) return words.paged(channel, page);
  return until === undefined ? words.noticeQueued(channel) : words.noticeWaits(channel, utcTime(until), standsFor);
}

type StepEvent = Exclude<
  Extract<LaunchEvent, { readonly step: string }>,
  { readonly type: 'notice-queued' | 'page-acknowledged' }
>;

function stepText(event: StepEvent, words: EventWords): string {
  switch (event.type) {
    case 'step-started':
      return words.stepStarted;
    case 'watch-started':
      return words.watchStarted;
    case 'stepped-back':
      return words.steppedBack;
    case 'step-retried':
      return words.stepRetried;
    case 'run-confirmed':
      return words.runConfirmed;
    case 'time-counted':
      return words.timeCounted(Math.round(event.ms / 1_000));
    case 'trigger-fired':
      return words.triggerFired(event.when, event.found, words.deeds[event.deed.kind]);
    case 'soak-extended':
      return words.soakExtended(event.ms / 60_000, event.reason);
    case 'move-done':
      return words.moveDone(event.move);
    case 'step-passed':
      return words.stepPassed(event.summary);
    case 'step-failed':
      return words.stepFailed(words.because(event));
    case 'step-skipped':
      return words.waived({ ...event, said: words.stepSkipped(event.reason) });
    case 'waiver-proposed':
      return words.waived({ ...event, said: words.waiverProposed(event.reason) });
    case 'waiver-ended':
      return words.waiverEnded;
    case 'window-overridden':
      return words.windowOverridden(event.reason);
    case 'verdict-waived':
      return words.verdictWaived(event.reason);
    case 'vote-cast':
      return voteText(event, words);
    case 'condition-met':
      return words.conditionMet(event.condition, event.proof);
    case 'votes-expired':
      return words.votesExpired(event.people.join(', '));
    case 'votes-revoked':
      return words.votesRevoked(event.reason);
    case 'task-done':
      return words.taskDone(event.proof);
    case 'proof-refused':
      return words.proofRefused(words.because(event));
    case 'tick-expired':
      return words.tickExpired(event.tickedAt, event.ask);
  }
}

function voteText(event: Extract<StepEvent, { readonly type: 'vote-cast' }>, words: EventWords): string {
  const { vote, basis, delegated = [], conditions = [] } = event;
  const cast = words.voteCast(vote === 'go' ? 'GO' : 'NO-GO', basis.seq, basis.hash.slice(0, 12));
  const instead = delegated.length === 0 ? '' : words.voteFor(delegated.join(', '));
  return `${cast}${instead}${conditions.length === 0 ? '' : words.voteIf(conditions.join('; '))}`;
}

function openingText(opening: Opening, words: EventWords): string {
  if (opening.allowed) return words.windowOpen(opening.until);
  return words.windowClosed(opening.why.map(words.because).join('; '), opening.next);
}

function holdText(cause: HoldCause, words: EventWords): string {
  if (cause.kind === 'deadlock') return words.deadlock(cause.waits);
  return cause.kind === 'verdict' ? words.said(cause) : words.because(cause);
}

function outcomeText(outcome: Outcome, words: EventWords): string {
  switch (outcome.result) {
    case 'done':
      return outcome.evidence.summary;
    case 'failed':
      return words.effectFailed(outcome.reason);
    case 'unknown':
      return words.effectUnknown(outcome.reason);
    case 'deadlock':
      return words.deadlock(outcome.waits);
    case 'cancelled':
      return words.effectCancelled;
  }
}
