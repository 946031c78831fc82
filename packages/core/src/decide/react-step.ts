import type { DarkLaunch, FlagRollout, Step } from '@slipway/plan';
import type { EffectWork } from '../model/effect.ts';
import type { LaunchEvent } from '../model/event.ts';
import type { Outcome } from '../model/outcome.ts';
import type { HoldCause } from '../model/cause.ts';
import type { Launch, StepState } from '../model/state.ts';
import { own } from '../own.ts';
import { currentEffect, movesOf } from '../program/lookup.ts';
import { audienceWords } from '../program/flag-audience.ts';
import { audiencesOf } from '../program/flag-rollout.ts';
import { mirrorReports, totalOf } from '../program/mirror-reports.ts';
import { isForbiddenByPhase } from '../program/phase-effect.ts';
import { newestNotices } from '../program/newest-notices.ts';
import { frontIsDone, isWaitOver } from '../program/progress.ts';
import { missingVotes, openConditions, standingVotes } from '../signoff/votes.ts';
import type { Reasoned, Said, Verdict } from '../model/verdict.ts';
import { reactAnswer } from './react-answer.ts';
import { fail, paging, policiesOf, reasonsOf, type Standing } from './fail.ts';
import { FAILURES } from './failure-words.ts';
import { reactFlagOff } from './react-trigger.ts';
import { reactSoakChecks } from './react-soak.ts';
import { isCareOver } from '../program/soak-care.ts';
import { turnBack } from './turn-back.ts';

type Active = Extract<StepState, { is: 'active' }>;
const NOTHING: readonly LaunchEvent[] = [];

/** What follows from where a step stands. */
export function reactStep(launch: Launch, step: Step, now: number): readonly LaunchEvent[] {
  const state = launch.steps[step.id];
  if (state?.is !== 'active') return NOTHING;
  const at: Standing = { launch, now };
  const move = movesOf(launch, step.id)[state.move];
  if (isForbiddenByPhase(launch.plan, step))
    return fail(at, { ...step, onFail: 'hold' }, FAILURES.readOnly(step.phase));
  if (move === undefined) return finish(at, step);
  const done: readonly LaunchEvent[] = [{ type: 'move-done', step: step.id, move: state.move }];
  switch (move.kind) {
    case 'effect': {
      if (step.kind === 'task') return reactAnswer(at, step.id);
      const trouble = [...reactFlagOff(at, step), ...(step.kind === 'soak' ? reactSoakChecks(at, step) : NOTHING)];
      return trouble.length > 0 ? trouble : reactEffect(at, step, state);
    }
    case 'confirm':
      return own(launch.confirmed, step.id) === undefined ? NOTHING : done;
    case 'proof':
      return own(launch.proofs, step.id) === undefined ? NOTHING : done;
    case 'wait':
      return isWaitOver(launch, step.id, now) ? done : NOTHING;
    case 'vote':
      return reactVotes(at, step, done);
    case 'send':
      return reactDeliveries(at, step, done);
  }
}

/** All moves are made. A rollout that found nothing to compare with has not been made at all. */
function finish(at: Standing, step: Step): readonly LaunchEvent[] {
  const { launch } = at;
  const { version } = launch.plan.artifact;
  if (step.kind !== 'deploy' && step.kind !== 'rollout')
    return [{ type: 'step-passed', step: step.id, summary: summaryOf(launch, step) }];
  if (step.kind === 'rollout' && step.strategy === 'flag') return finishFlag(at, step);
  const { environment } = step;
  const previous = own(launch.surveys, step.id);
  if (previous === undefined) return fail(at, step, FAILURES.unsurveyed(environment));
  if (step.kind === 'rollout' && previous === null) return fail(at, step, FAILURES.nothingRuns(environment));
  if (step.kind === 'rollout' && previous === version)
    return fail(at, step, FAILURES.alreadyRuns(environment, version));
  if (step.kind === 'rollout' && step.strategy === 'dark-launch')
    return [{ type: 'step-passed', step: step.id, summary: darkSummary(launch, step, previous) }];
  const summary = previous === version ? `${environment} already ran ${version}` : `${version} serves ${environment}`;
  return [
    { type: 'environment-verified', environment, version },
    { type: 'step-passed', step: step.id, summary },
  ];
}

/** No version of an environment was verified by it. A flag that serves the variant to all by itself has nothing to be ramped. */
function finishFlag(at: Standing, step: FlagRollout): readonly LaunchEvent[] {
  const { id, flag, variant } = step;
  const previous = own(at.launch.surveys, id);
  if (previous === undefined || previous === null) return fail(at, step, FAILURES.unsurveyedFlag(flag));
  const audience = audienceWords(audiencesOf(at.launch.plan, step).at(-1) ?? []);
  const summary =
    previous === variant ? `${flag} was ${variant} for everybody already` : `${flag} is ${variant} for ${audience}`;
  return [{ type: 'step-passed', step: id, summary }];
}

/** Nothing was launched: the environment is not verified to be served by the new version. */
function darkSummary(launch: Launch, { id, environment }: DarkLaunch, serving: string | null): string {
  const { version } = launch.plan.artifact;
  const total = totalOf(mirrorReports(launch, id));
  const served = `${serving} served ${environment} all along`;
  if (total === null) return `${version} got copies; ${served}`;
  const { compared, different } = total;
  return `${version} got copies: ${compared} compared, ${different} different; ${served}`;
}

function summaryOf(launch: Launch, step: Step): string {
  const state = launch.steps[step.id];
  const last = state?.is === 'active' ? launch.effects[`${step.id}:${state.move - 1}.${state.round}`] : undefined;
  if (last?.is === 'settled' && last.outcome.result === 'done') return last.outcome.evidence.summary;
  const votes = standingVotes(launch, step.id);
  if (votes.length > 0)
    return votes.map((vote) => `${vote.vote === 'go' ? 'GO' : 'NO-GO'} by ${vote.person}`).join(', ');
  const told = newestNotices(launch, step.id).map((notice) => notice.channel);
  if (told.length > 0) return `told ${told.join(', ')}`;
  return own(launch.proofs, step.id)?.proof ?? 'done';
}

function reactEffect(at: Standing, step: Step, state: Active): readonly LaunchEvent[] {
  const { launch } = at;
  // It passed during a hold that is over now: the watch kept for that time has nothing more to say.
  if (launch.mode.is === 'running' && state.observing === 'guard' && isCareOver(launch, step.id))
    return [{ type: 'move-done', step: step.id, move: state.move }];
  const effect = currentEffect(launch, step.id);
  const settled = effect === null ? undefined : launch.effects[effect.id];
  if (effect === null || settled?.is !== 'settled') return NOTHING;
  const { outcome } = settled;
  switch (outcome.result) {
    case 'done':
      return outcome.data.kind === 'verdict'
        ? reactVerdict(at, step, outcome)
        : [{ type: 'move-done', step: step.id, move: state.move }];
    case 'failed':
      // It was asked, and said no: a fact for the decision. What could not be asked has no evidence, and fails.
      if (step.kind === 'check' && step.decides === true && outcome.evidence !== null)
        return [{ type: 'step-passed', step: step.id, summary: outcome.reason, answer: 'no' }];
      return fail(at, step, reasonsOf(outcome));
    case 'cancelled':
      return fail(at, step, FAILURES.stopped);
    case 'unknown':
      return holdOnce(launch, { kind: 'unknown-outcome', step: step.id, effect: effect.id, reason: outcome.reason });
    case 'deadlock':
      return holdOnce(launch, { kind: 'deadlock', step: step.id, waits: outcome.waits });
  }
}

function reactVerdict(
  { launch, now }: Standing,
  step: Step,
  outcome: Extract<Outcome, { result: 'done' }>,
): readonly LaunchEvent[] {
  const state = launch.steps[step.id];
  if (outcome.data.kind !== 'verdict' || state?.is !== 'active') return NOTHING;
  const { verdict } = outcome.data;
  const failed = (policy: Step['onFail']): readonly LaunchEvent[] => {
    const { sentence: reason, sentences: reasons } = verdict;
    const why: Reasoned = reasons === undefined ? { reason } : { reason, reasons };
    const event: LaunchEvent = { type: 'step-failed', step: step.id, ...why };
    if (policy === 'rollback') return [event, turnBack(launch, { kind: 'verdict', step: step.id, verdict }, now)];
    return [
      event,
      { type: 'held', cause: { kind: 'step-failed', step: step.id, ...why, ...paging(policy === 'page') } },
    ];
  };
  switch (verdict.decision) {
    case 'pass':
      // A hold freezes the traffic where it is, and a soak may wait for a person: nothing must have traffic that nobody watches.
      return launch.mode.is === 'held' || !isCareOver(launch, step.id)
        ? [{ type: 'watch-started', step: step.id, mode: 'guard' }]
        : [{ type: 'move-done', step: step.id, move: state.move }];
    case 'fail':
      return failed(step.onFail);
    case 'insufficient-data':
    case 'telemetry-broken':
      if (policiesOf(launch, step.id).turnsBackOn?.includes(verdict.decision) === true) return failed('rollback');
      if (outcome.data.stepBack === true && launch.mode.is === 'running') {
        const move = shareBefore(launch, step.id, state);
        if (move !== null) return [{ type: 'stepped-back', step: step.id, move }];
      }
      return [
        {
          type: 'held',
          cause: {
            kind: 'verdict',
            step: step.id,
            decision: verdict.decision,
            ...said(verdict),
            ...paging(policiesOf(launch, step.id).pagesOn?.includes(verdict.decision) === true),
          },
        },
        { type: 'watch-started', step: step.id, mode: 'watch' },
      ];
  }
}

function said({ sentence, sentences }: Verdict): Said {
  return sentences === undefined ? { sentence } : { sentence, sentences };
}

/** Ramps that go up and down for ever tell nobody anything: then a person is asked. */
const MOST_ROUNDS = 10;

/** The move that sets the share before the one that is watched; null: there is none, or it has been gone back to often enough. */
function shareBefore(launch: Launch, step: string, { move, round }: Active): number | null {
  if (round >= MOST_ROUNDS) return null;
  const moves = movesOf(launch, step);
  const shifts = moves.flatMap((each, index) => (each.kind === 'effect' && setsShare(each.work) ? [index] : []));
  const before = shifts.filter((index) => index < move);
  return before.at(-2) ?? null;
}

const setsShare = ({ kind }: EffectWork): boolean => kind === 'shift' || kind === 'ramp';

function reactVotes({ launch, now }: Standing, step: Step, done: readonly LaunchEvent[]): readonly LaunchEvent[] {
  const refusal = standingVotes(launch, step.id, now).find((vote) => vote.vote === 'no-go');
  if (refusal !== undefined) {
    const why = FAILURES.refused(refusal.person, refusal.reason);
    return [turnBack(launch, { kind: 'no-go', step: step.id, ...why }, now)];
  }
  if (!frontIsDone(launch, step.id)) return NOTHING;
  const isReached = Object.keys(missingVotes(launch, step.id, now)).length === 0;
  return isReached && openConditions(launch, step.id, now).length === 0 ? done : NOTHING;
}

function reactDeliveries(at: Standing, step: Step, done: readonly LaunchEvent[]): readonly LaunchEvent[] {
  const { launch } = at;
  const states = newestNotices(launch, step.id).map((notice) => ({ notice, state: launch.effects[notice.id] }));
  if (states.some(({ state }) => state?.is !== 'settled')) return NOTHING;
  const lost = states.find(({ state }) => state?.is === 'settled' && state.outcome.result !== 'done');
  if (lost === undefined) return done;
  const { outcome } = lost.state as Extract<typeof lost.state, { is: 'settled' }>;
  const why = 'reason' in outcome ? outcome.reason : null;
  return fail(at, step, FAILURES.undelivered(lost.notice.channel, why));
}

function holdOnce(
  launch: Launch,
  cause: Extract<HoldCause, { kind: 'unknown-outcome' | 'deadlock' }>,
): readonly LaunchEvent[] {
  const held =
    launch.mode.is === 'held' &&
    launch.mode.causes.some((known) => known.kind === cause.kind && known.step === cause.step);
  return held ? NOTHING : [{ type: 'held', cause }];
}
