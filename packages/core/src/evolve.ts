import type { Recorded } from './model/event.ts';
import type { Json } from './model/json.ts';
import type { Outcome } from './model/outcome.ts';
import type { EffectState, Launch, State, StepState } from './model/state.ts';
import { conditionMet, voteCast, votesExpired } from './evolve-votes.ts';
import { waiverProposed, withoutProposal } from './evolve-waivers.ts';
import { clearCauses, ended, heldWith, resumed, undoing, undoingAgain } from './evolve-mode.ts';
import { holdsAfter } from './evolve-holds.ts';
import { openPages } from './evolve-pages.ts';
import { soakBegun, soakCounted, soakDoubted, soakExtended, soakReviewed } from './evolve-soaks.ts';
import { own } from './own.ts';
import { stepOfEffect } from './program/effect-id.ts';
import { resumedMove } from './program/resumed-move.ts';
import { waitingSteps } from './program/steps.ts';

type EventOf<T extends Recorded['event']['type']> = Extract<Recorded['event'], { type: T }>;

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
        withStep(launch, event.step, {
          is: 'active',
          move: 0,
          round: roundOf(launch, event.step),
          since: at,
          counted: 0,
          observing: 'decide',
        }),
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
      return withStep(launch, event.step, {
        is: 'active',
        move: event.move + 1,
        round: roundOf(launch, event.step),
        since: at,
        counted: 0,
        observing: 'decide',
      });
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

function withStep(launch: Launch, step: string, state: StepState): Launch {
  return { ...launch, steps: { ...launch.steps, [step]: state } };
}

function roundOf(launch: Launch, step: string): number {
  const state = launch.steps[step];
  return state === undefined || state.is === 'waiting' ? 0 : state.round;
}

function withEffect(launch: Launch, effect: string, state: EffectState): Launch {
  return { ...launch, effects: { ...launch.effects, [effect]: state } };
}

function effectStarted(launch: Launch, event: EventOf<'effect-started'>, at: number): Launch {
  const note = noteOf(launch, event.effect);
  const started = withEffect(launch, event.effect, { is: 'started', attempt: event.attempt, at, note });
  const { touches } = event;
  if (touches === null || launch.touched.includes(touches)) return started;
  return { ...started, touched: [...launch.touched, touches] };
}

/** What an effect that goes on noted last. */
function noteOf(launch: Launch, effect: string): Json {
  const before = launch.effects[effect];
  return before === undefined || before.is === 'settled' ? null : before.note;
}

function effectNoted(launch: Launch, event: EventOf<'effect-noted'>): Launch {
  const before = launch.effects[event.effect];
  if (before === undefined || before.is === 'settled') return launch;
  return withEffect(launch, event.effect, { ...before, note: event.note });
}

function effectSettled(launch: Launch, event: EventOf<'effect-settled'>, { at, seq }: Recorded): Launch {
  const { effect, attempt, outcome, retryAt } = event;
  const note = noteOf(launch, effect);
  if (retryAt !== null && outcome.result === 'failed')
    return withEffect(launch, effect, { is: 'retrying', attempt, retryAt, reason: outcome.reason, note });
  const settled = withEffect(launch, effect, {
    is: 'settled',
    attempt,
    at,
    seq,
    outcome: withoutRecord(outcome),
    note,
  });
  const step = stepOfEffect(effect);
  if (step === null || outcome.result !== 'done') return settled;
  switch (outcome.data.kind) {
    case 'none':
    case 'rolled':
      return settled;
    case 'survey':
      return { ...settled, surveys: surveyed(settled, step, outcome.data.current) };
    case 'verdict':
      return { ...settled, verdicts: { ...settled.verdicts, [step]: outcome.data.verdict } };
  }
}

/** It may be long, and thousands of launches are held in memory. */
function withoutRecord(outcome: Outcome): Outcome {
  if (outcome.result !== 'done' || outcome.data.kind !== 'verdict' || outcome.data.record === undefined) return outcome;
  const { record: _record, ...data } = outcome.data;
  return { ...outcome, data };
}

/** What was there before us is learnt once: a retry that looks again would see our own version. */
function surveyed(launch: Launch, step: string, current: string | null): Launch['surveys'] {
  return launch.touched.includes(step) ? launch.surveys : { ...launch.surveys, [step]: current };
}

function watchStarted(launch: Launch, { step, mode }: EventOf<'watch-started'>): Launch {
  const state = launch.steps[step];
  if (state?.is !== 'active') return launch;
  return withStep(launch, step, { ...state, round: state.round + 1, observing: mode });
}

function steppedBack(launch: Launch, { step, move }: EventOf<'stepped-back'>, at: number): Launch {
  const state = launch.steps[step];
  if (state?.is !== 'active') return launch;
  const round = state.round + 1;
  return withStep(launch, step, { is: 'active', move, round, since: at, counted: 0, observing: 'decide' });
}

function timeCounted(launch: Launch, { step, ms }: EventOf<'time-counted'>, at: number): Launch {
  const state = launch.steps[step];
  if (state?.is !== 'active') return launch;
  return withStep(launch, step, { ...state, since: at, counted: state.counted + ms });
}

function stepFailed(launch: Launch, event: EventOf<'step-failed'>): Launch {
  const state = launch.steps[event.step];
  if (state?.is !== 'active') return launch;
  const { move, round, since } = state;
  const { reason, reasons } = event;
  const why = reasons === undefined ? { reason } : { reason, reasons };
  return withStep(launch, event.step, { is: 'failed', move, round, since, ...why });
}

function stepSkipped(launch: Launch, event: EventOf<'step-skipped'>, { at, actor, seq, hash }: Recorded): Launch {
  const { step, reason, until } = event;
  const skipped: StepState = {
    is: 'skipped',
    at,
    basis: { seq, hash },
    reason,
    by: actor,
    round: roundOf(launch, step),
    ...(until === undefined ? {} : { until }),
  };
  return clearCauses(withStep(withoutProposal(launch, step), step, skipped), step);
}

function stepRetried(launch: Launch, step: string, at: number): Launch {
  const state = launch.steps[step];
  if (state === undefined || state.is === 'waiting') return launch;
  // Where nothing was changed yet it looks again at what is there: the person who retries may have mended just that.
  const goesOn = (state.is === 'failed' || state.is === 'active') && launch.touched.includes(step);
  const move = goesOn ? resumedMove(launch, step, state.move) : 0;
  return clearCauses(
    withStep(launch, step, { is: 'active', move, round: state.round + 1, since: at, counted: 0, observing: 'decide' }),
    step,
  );
}

/** A sign-off that had passed or was under way is open again; one that waits goes on waiting. */
function reopened(launch: Launch, step: string, at: number): StepState {
  const state = launch.steps[step];
  if (state === undefined || state.is === 'waiting') return { is: 'waiting' };
  return { is: 'active', move: 0, round: state.round, since: at, counted: 0, observing: 'decide' };
}

/** One that had passed is asked again; one that is open stays as it is. */
function reopenedSignoff(launch: Launch, step: string, at: number): Launch {
  return launch.steps[step]?.is === 'passed' ? withStep(launch, step, reopened(launch, step, at)) : launch;
}

function outcomeAnswered(launch: Launch, event: EventOf<'outcome-answered'>, { at, seq }: Recorded): Launch {
  const before = launch.effects[event.effect];
  if (before === undefined) return launch;
  const evidence = {
    summary: `A person looked and says: ${event.done ? 'done' : 'not done'}. ${event.reason}`,
    items: [],
  };
  const settled = withEffect(launch, event.effect, {
    is: 'settled',
    attempt: before.attempt,
    at,
    seq,
    outcome: event.done
      ? { result: 'done', evidence, data: { kind: 'none' } }
      : { result: 'failed', reason: evidence.summary, retryable: false, retryAfter: null, evidence },
    note: before.note,
  });
  const step = stepOfEffect(event.effect);
  return step === null ? settled : clearCauses(settled, step);
}
