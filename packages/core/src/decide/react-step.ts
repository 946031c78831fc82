import type { Step } from '@slipway/plan';
import type { LaunchEvent } from '../model/event.ts';
import type { Outcome } from '../model/outcome.ts';
import type { Launch, StepState } from '../model/state.ts';
import { currentEffect, movesOf } from '../program/lookup.ts';
import { frontIsDone, missingVotes, standingVotes, waitDue } from '../program/progress.ts';
import { turnBack } from './turn-back.ts';

type Active = Extract<StepState, { is: 'active' }>;
const NOTHING: readonly LaunchEvent[] = [];

/** What follows from where a step stands. */
export function reactStep(launch: Launch, step: Step, now: number): readonly LaunchEvent[] {
  const state = launch.steps[step.id];
  if (state?.is !== 'active') return NOTHING;
  const move = movesOf(launch, step.id)[state.move];
  if (move === undefined) return finish(launch, step);
  const done: readonly LaunchEvent[] = [{ type: 'move-done', step: step.id, move: state.move }];
  switch (move.kind) {
    case 'effect':
      return reactEffect(launch, step, state);
    case 'confirm':
      return launch.confirmed[step.id] === undefined ? NOTHING : done;
    case 'proof':
      return launch.proofs[step.id] === undefined ? NOTHING : done;
    case 'wait': {
      const due = waitDue(launch, step.id);
      return due !== null && now >= due ? done : NOTHING;
    }
    case 'vote':
      return reactVotes(launch, step, done);
    case 'send':
      return reactDeliveries(launch, step, done);
  }
}

/** All moves are made. A rollout that found nothing to compare with has not been made at all. */
function finish(launch: Launch, step: Step): readonly LaunchEvent[] {
  const { version } = launch.plan.artifact;
  if (step.kind !== 'deploy' && step.kind !== 'rollout')
    return [{ type: 'step-passed', step: step.id, summary: summaryOf(launch, step) }];
  const { environment } = step;
  const previous = launch.surveys[step.id];
  if (step.kind === 'rollout' && previous === null) {
    return fail(
      launch,
      step,
      `nothing runs in ${environment}: a rollout compares with the running version; put the first one there with a deploy step`,
    );
  }
  if (step.kind === 'rollout' && previous === version) {
    return fail(launch, step, `${environment} already runs ${version}: there is nothing to roll out`);
  }
  const summary = previous === version ? `${environment} already ran ${version}` : `${version} serves ${environment}`;
  return [
    { type: 'environment-verified', environment, version },
    { type: 'step-passed', step: step.id, summary },
  ];
}

function summaryOf(launch: Launch, step: Step): string {
  const state = launch.steps[step.id];
  const last = state?.is === 'active' ? launch.effects[`${step.id}:${state.move - 1}.${state.round}`] : undefined;
  if (last?.is === 'settled' && last.outcome.result === 'done') return last.outcome.evidence.summary;
  const votes = standingVotes(launch, step.id);
  if (votes.length > 0)
    return votes.map((vote) => `${vote.vote === 'go' ? 'GO' : 'NO-GO'} by ${vote.person}`).join(', ');
  return launch.proofs[step.id]?.proof ?? 'done';
}

function reactEffect(launch: Launch, step: Step, state: Active): readonly LaunchEvent[] {
  const effect = currentEffect(launch, step.id);
  const settled = effect === null ? undefined : launch.effects[effect.id];
  if (effect === null || settled?.is !== 'settled') return NOTHING;
  const { outcome } = settled;
  switch (outcome.result) {
    case 'done':
      return outcome.data.kind === 'verdict'
        ? reactVerdict(launch, step, outcome)
        : [{ type: 'move-done', step: step.id, move: state.move }];
    case 'failed':
      return fail(launch, step, outcome.reason);
    case 'cancelled':
      return fail(launch, step, 'it was stopped before it was done');
    case 'unknown':
      return holdOnce(launch, { kind: 'unknown-outcome', step: step.id, effect: effect.id, reason: outcome.reason });
  }
}

function reactVerdict(
  launch: Launch,
  step: Step,
  outcome: Extract<Outcome, { result: 'done' }>,
): readonly LaunchEvent[] {
  const state = launch.steps[step.id];
  if (outcome.data.kind !== 'verdict' || state?.is !== 'active') return NOTHING;
  const { verdict } = outcome.data;
  switch (verdict.decision) {
    case 'pass':
      return [{ type: 'move-done', step: step.id, move: state.move }];
    case 'fail': {
      const failed: LaunchEvent = { type: 'step-failed', step: step.id, reason: verdict.sentence };
      if (step.onFail === 'rollback')
        return [failed, turnBack(launch, { kind: 'verdict', step: step.id, verdict }, outcomeTime(launch, step))];
      return [failed, { type: 'held', cause: { kind: 'step-failed', step: step.id, reason: verdict.sentence } }];
    }
    case 'insufficient-data':
    case 'telemetry-broken':
      return [
        {
          type: 'held',
          cause: { kind: 'verdict', step: step.id, decision: verdict.decision, sentence: verdict.sentence },
        },
        { type: 'watch-started', step: step.id },
      ];
  }
}

function outcomeTime(launch: Launch, step: Step): number {
  const effect = currentEffect(launch, step.id);
  const state = effect === null ? undefined : launch.effects[effect.id];
  return state?.is === 'settled' ? state.at : launch.startedAt;
}

function reactVotes(launch: Launch, step: Step, done: readonly LaunchEvent[]): readonly LaunchEvent[] {
  const refusal = standingVotes(launch, step.id).find((vote) => vote.vote === 'no-go');
  if (refusal !== undefined) {
    return [
      turnBack(
        launch,
        { kind: 'no-go', step: step.id, reason: `NO-GO by ${refusal.person}: ${refusal.reason}` },
        refusal.at,
      ),
    ];
  }
  if (!frontIsDone(launch, step.id)) return NOTHING;
  return Object.keys(missingVotes(launch, step.id)).length === 0 ? done : NOTHING;
}

function reactDeliveries(launch: Launch, step: Step, done: readonly LaunchEvent[]): readonly LaunchEvent[] {
  const notices = Object.values(launch.notices).filter((notice) => notice.step === step.id);
  const newest = Math.max(...notices.map((notice) => notice.queuedAt));
  const current = notices.filter((notice) => notice.queuedAt === newest);
  const states = current.map((notice) => ({ notice, state: launch.effects[notice.id] }));
  if (states.some(({ state }) => state?.is !== 'settled')) return NOTHING;
  const lost = states.find(({ state }) => state?.is === 'settled' && state.outcome.result !== 'done');
  if (lost === undefined) return done;
  const { outcome } = lost.state as Extract<typeof lost.state, { is: 'settled' }>;
  const why = 'reason' in outcome ? outcome.reason : 'it was stopped';
  return fail(launch, step, `channel ${lost.notice.channel}: ${why}`);
}

function fail(launch: Launch, step: Step, reason: string): readonly LaunchEvent[] {
  const failed: LaunchEvent = { type: 'step-failed', step: step.id, reason };
  if (step.onFail === 'rollback')
    return [failed, turnBack(launch, { kind: 'step-failed', step: step.id, reason }, outcomeTime(launch, step))];
  return [failed, { type: 'held', cause: { kind: 'step-failed', step: step.id, reason } }];
}

function holdOnce(
  launch: Launch,
  cause: { readonly kind: 'unknown-outcome'; readonly step: string; readonly effect: string; readonly reason: string },
): readonly LaunchEvent[] {
  const held =
    launch.mode.is === 'held' &&
    launch.mode.causes.some((known) => known.kind === 'unknown-outcome' && known.effect === cause.effect);
  return held ? NOTHING : [{ type: 'held', cause }];
}
