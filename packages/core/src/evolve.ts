import type { EventOf, Recorded } from './model/event.ts';
import type { Launch, State } from './model/state.ts';
import { effectNoted, effectSettled, effectStarted, outcomeAnswered } from './evolve-effects.ts';
import { holdsAfter } from './evolve-holds.ts';
import { clearCauses, ended, heldWith, resumed, undoing, undoingAgain } from './evolve-mode.ts';
import { answersAfter, openPages } from './evolve-pages.ts';
import { soakBegun, soakCounted, soakDoubted, soakExtended, soakReviewed } from './evolve-soaks.ts';
import { scenarioChosen, scenarioProposed } from './evolve-scenarios.ts';
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
import { proofRefused, ticked, tickExpired } from './evolve-ticks.ts';
import { conditionMet, voteCast, votesExpired } from './evolve-votes.ts';
import { waiverProposed } from './evolve-waivers.ts';
import { own } from './own.ts';
import { COPIED, onOwnCopies, type Put, type Records } from './put.ts';
import { waitingSteps } from './program/steps.ts';

/** Folds one event into the state. Pure and total: an event that does not fit its state is a broken log and throws. */
export function evolve(state: State, recorded: Recorded): State {
  return evolveBy(COPIED, state, recorded);
}

/**
 * Folds events into the state, as `evolve` does one by one, in time that grows with their number alone: what a launch gathers is
 * copied once, not for every event. `state` stays as it is. Throws where the log is broken.
 */
export function evolveAll(state: State, events: readonly Recorded[]): State {
  const records = onOwnCopies();
  return events.reduce((before, recorded) => evolveBy(records, before, recorded), state);
}

/** `evolve`, with `records` deciding what is copied. */
export function evolveBy(records: Records, state: State, recorded: Recorded): State {
  const { event } = recorded;
  if (state.is === 'absent') {
    if (event.type === 'launch-started') return begin(recorded, event);
    throw new Error(`The log begins with ${event.type}; it must begin with launch-started.`);
  }
  const next = change(state, recorded, records);
  return {
    ...next,
    holds: holdsAfter(state, next, recorded),
    pages: openPages(next, recorded),
    answers: answersAfter(next, recorded),
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
    scenario: event.plan.scenarios === undefined ? null : { proposal: null, choice: null },
    conditions: {},
    proposals: {},
    proofs: {},
    unticked: {},
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
    answers: [],
  };
}

/** A message that waited leaves no more where a later one took its place. */
function replaced(launch: Launch, { notice, instead }: EventOf<'notice-queued'>, put: Put): Launch {
  const earlier = instead === undefined ? undefined : own(launch.notices, instead);
  if (earlier === undefined) return launch;
  return { ...launch, notices: put(launch.notices, earlier.id, { ...earlier, replacedBy: notice }) };
}

function change(launch: Launch, recorded: Recorded, records: Records): Launch {
  const { event, at, actor, seq, hash } = recorded;
  const { put } = records;
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
      return effectStarted(launch, event, { at, seq, records });
    case 'effect-noted':
      return effectNoted(launch, event, records);
    case 'effect-settled':
      return effectSettled(launch, event, { at, seq, records });
    case 'move-done':
      return withStep(launch, event.step, begun({ move: event.move + 1, round: roundOf(launch, event.step), at }));
    case 'time-counted':
      return own(launch.soaks, event.step) === undefined
        ? timeCounted(launch, event, at)
        : soakCounted(launch, event, at);
    case 'trigger-fired': {
      const { step, effect, trigger, deed, alert } = event;
      const pulled = alert === undefined ? {} : { alert };
      return { ...launch, fired: [...launch.fired, { seq, step, effect, trigger, deed, ...pulled }] };
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
        ...(event.answer === undefined ? {} : { answer: event.answer }),
        round: roundOf(launch, event.step),
      });
    case 'scenario-proposed':
      return scenarioProposed(launch, event, recorded);
    case 'scenario-chosen':
      return scenarioChosen(launch, event, recorded);
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
      return soakReviewed(ticked(launch, event, recorded), event.step);
    case 'proof-refused':
      return proofRefused(launch, event, at);
    case 'tick-expired':
      return tickExpired(launch, event, at);
    case 'run-confirmed':
      return { ...launch, confirmed: { ...launch.confirmed, [event.step]: actor } };
    case 'outcome-answered':
      return outcomeAnswered(launch, event, { at, seq, records });
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
      return replaced({ ...launch, notices: put(launch.notices, id, notice) }, event, put);
    }
    case 'page-acknowledged':
      return launch;
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
