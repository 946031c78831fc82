import type { EventOf, Recorded } from './model/event.ts';
import type { Launch, State } from './model/state.ts';
import { effectNoted, effectSettled, effectStarted, outcomeAnswered } from './evolve-effects.ts';
import { holdsAfter } from './evolve-holds.ts';
import { clearCauses, ended, heldWith, resumed, undoing, undoingAgain } from './evolve-mode.ts';
import { openPages } from './evolve-pages.ts';
import { soakBegun, soakCounted, soakDoubted, soakExtended, soakReviewed } from './evolve-soaks.ts';
import {
  begun,
  reopened,
  reopenedSignoff,
  roundOf,
  stepFailed,
  steppedBack,
  stepRetried,
  stepSkipped,
  timeCounted,
  watchStarted,
  withStep,
} from './evolve-steps.ts';
import { conditionMet, voteCast, votesExpired } from './evolve-votes.ts';
import { waiverProposed } from './evolve-waivers.ts';
import { own } from './own.ts';
import { waitingSteps } from './program/steps.ts';

/** Folds one event into the state. Pure and total: an event that does not fit its state is a broken log and throws. */
export function evolve(state: State, recorded: Recorded): State {
  const { event } = recorded;
  if (state.is === 'absent') {
    if (event.type === 'launch-started') return begin(recorded, event);
    throw new Error(`The log begins with ${event.type}; it must begin with launch-started.`);
  }
  const next = change(state, recorded);
  return {
    ...next,
    holds: holdsAfter(state, next, recorded),
    pages: openPages(next, recorded),
    head: { seq: recorded.seq, hash: recorded.hash },
  };
}

function begin(recorded: Recorded, event: EventOf<'launch-started'>): Launch {
  const origin = { seq: recorded.seq, hash: recorded.hash };
  return {
    is: 'launch',
    id: event.launch,
    plan: event.plan,
    planDigest: event.planDigest,
    policy: event.policy ?? null,
    directory: event.directory,
    t0: event.t0,
    startedAt: recorded.at,
    startedBy: recorded.actor,
    head: origin,
    origin,
    mode: { is: 'running' },
    steps: waitingSteps(event.plan),
    effects: {},
    votes: {},
    conditions: {},
    proposals: {},
    proofs: {},
    confirmed: {},
    surveys: {},
    soaks: {},
    fired: [],
    touched: [],
    window: null,
    overrides: {},
    freezeAskedAt: null,
    verified: {},
    notices: {},
    verdicts: {},
    holds: { times: 0, since: null, endedBy: null },
    pages: null,
  };
}

function change(launch: Launch, recorded: Recorded): Launch {
  const { event, at, actor, seq, hash } = recorded;
  switch (event.type) {
    case 'launch-started':
      throw new Error('A launch starts once.');
    case 'step-started':
      return soakBegun(
        withStep(launch, event.step, begun({ move: 0, round: roundOf(launch, event.step), at })),
        event.step,
        at,
      );
    case 'effect-started':
      return effectStarted(launch, event, at);
    case 'effect-noted':
      return effectNoted(launch, event);
    case 'effect-settled':
      return effectSettled(launch, event, recorded);
    case 'move-done':
      return withStep(launch, event.step, begun({ move: event.move + 1, round: roundOf(launch, event.step), at }));
    case 'time-counted':
      return own(launch.soaks, event.step) === undefined
        ? timeCounted(launch, event, at)
        : soakCounted(launch, event, at);
    case 'trigger-fired': {
      const { step, effect, trigger, deed } = event;
      return { ...launch, fired: [...launch.fired, { seq, step, effect, trigger, deed }] };
    }
    case 'soak-extended':
      return soakExtended(launch, event);
    case 'watch-started':
      return watchStarted(launch, event);
    case 'stepped-back':
      return steppedBack(launch, event, at);
    case 'step-passed':
      return withStep(launch, event.step, {
        is: 'passed',
        at,
        basis: { seq, hash },
        summary: event.summary,
        round: roundOf(launch, event.step),
      });
    case 'step-failed':
      return stepFailed(launch, event);
    case 'step-skipped':
      return stepSkipped(launch, event, recorded);
    case 'waiver-proposed':
      return waiverProposed(launch, event, recorded);
    case 'waiver-ended':
    case 'step-retried':
      return soakBegun(stepRetried(launch, event.step, at), event.step, at);
    case 'verdict-waived':
      return clearCauses(launch, event.step);
    case 'vote-cast':
      return voteCast(launch, recorded, event);
    case 'condition-met':
      return conditionMet(launch, recorded, event);
    case 'votes-expired':
      return reopenedSignoff(votesExpired(launch, event), event.step, at);
    case 'votes-revoked':
      return {
        ...withStep(launch, event.step, reopened(launch, event.step, at)),
        votes: { ...launch.votes, [event.step]: [] },
      };
    case 'task-done':
      return soakReviewed(
        { ...launch, proofs: { ...launch.proofs, [event.step]: { proof: event.proof, by: actor, at } } },
        event.step,
      );
    case 'run-confirmed':
      return { ...launch, confirmed: { ...launch.confirmed, [event.step]: actor } };
    case 'outcome-answered':
      return outcomeAnswered(launch, event, recorded);
    case 'held':
      return {
        ...soakDoubted(launch, event.cause),
        mode: heldWith(launch.mode, event.cause),
        freezeAskedAt: event.cause.kind === 'freeze' ? at : launch.freezeAskedAt,
      };
    case 'window-changed':
      return { ...launch, window: event.opening };
    case 'window-overridden':
      return clearCauses(
        { ...launch, overrides: { ...launch.overrides, [event.step]: actor }, freezeAskedAt: at },
        event.step,
      );
    case 't0-moved':
      return { ...launch, t0: event.to };
    case 'resumed':
      return resumed(launch);
    case 'environment-verified':
      return { ...launch, verified: { ...launch.verified, [event.environment]: event.version } };
    case 'notice-queued': {
      const { type: _type, notice: id, ...queued } = event;
      const notice = { id, ...queued, queuedAt: at };
      return { ...launch, notices: { ...launch.notices, [id]: notice } };
    }
    case 'turning-back':
      return {
        ...launch,
        mode: { is: 'stopping', cause: event.cause, ending: event.ending, stopBy: event.stopBy, turnedAt: at },
        verified: {},
      };
    case 'way-back-planned':
      return { ...launch, mode: undoing(launch.mode, event.items) };
    case 'way-back-retried':
      return { ...launch, mode: undoingAgain(launch.mode) };
    case 'launch-ended':
      return { ...launch, mode: ended(launch.mode, event, at) };
  }
}
