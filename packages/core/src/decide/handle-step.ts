import type { Command } from '../model/command.ts';
import type { LaunchEvent } from '../model/event.ts';
import type { Launch, StepState } from '../model/state.ts';
import { own } from '../own.ts';
import { currentEffect } from '../program/lookup.ts';
import { hasOpened } from '../program/has-opened.ts';
import { stepsBehind } from '../program/steps.ts';
import { worldChangedBehind } from '../program/world-changed.ts';
import type { Context } from './decide.ts';
import { accept, type Handled, refuse } from './handled.ts';
import { speakerFor } from '../signoff/speakers.ts';
import { waive } from './handle-waiver.ts';
import { noVoice } from './no-voice.ts';
import { whyNotSkipped } from './why-not-skipped.ts';

type CommandOf<T extends Command['type']> = Extract<Command, { type: T }>;

/** Runs a failed step again, or a check that had passed; votes behind it fall. */
export function retry(launch: Launch, command: CommandOf<'retry'>): Handled {
  if (launch.mode.is === 'incomplete')
    return command.step === null
      ? accept([{ type: 'way-back-retried' }])
      : refuse('not-now', 'retry without naming a step: it goes on with the way back');
  if (launch.mode.is !== 'running' && launch.mode.is !== 'held')
    return refuse('not-now', 'the launch does not go forward any more');
  if (command.step === null) return refuse('wrong-input', 'name the step to retry');
  const step = own(launch.plan.steps, command.step);
  const state = own(launch.steps, command.step);
  if (step === undefined || state === undefined) return refuse('not-found', `there is no step called ${command.step}`);
  if (state.is === 'failed' || isStuck(launch, step.id, state))
    return accept([{ type: 'step-retried', step: step.id }]);
  if (step.kind !== 'check' || state.is !== 'passed')
    return refuse('not-now', `${step.id} has not failed; only a failed step, or a check, is run again`);
  return recheck(launch, step.id);
}

/** Its effect came to an end that neither fails the step nor takes it on. */
function isStuck(launch: Launch, step: string, state: StepState): boolean {
  if (state.is !== 'active') return false;
  const effect = currentEffect(launch, step);
  const found = effect === null ? undefined : launch.effects[effect.id];
  return found?.is === 'settled' && (found.outcome.result === 'unknown' || found.outcome.result === 'deadlock');
}

/** Looking again is allowed until something behind the check has begun to change the world. */
function recheck(launch: Launch, check: string): Handled {
  const behind = [...stepsBehind(launch.plan, check)];
  const begun = worldChangedBehind(launch, check);
  if (begun !== null)
    return refuse('not-now', `${begun} stands on this check and has begun; it is too late to run the check again`);
  const revoked = behind
    .filter((id) => launch.plan.steps[id]?.kind === 'signoff' && hasOpened(launch.steps[id]))
    .map((step): LaunchEvent => ({ type: 'votes-revoked', step, reason: `${check} is checked again` }));
  return accept([{ type: 'step-retried', step: check }, ...revoked]);
}

/**
 * Goes on without a step, with a reason. A rollout or a soak that is watched goes on without this verdict. A sign-off is waived
 * only by somebody who could have given a GO.
 */
export function skip(launch: Launch, command: CommandOf<'skip'>, context: Context): Handled {
  if (launch.mode.is !== 'running' && launch.mode.is !== 'held')
    return refuse('not-now', 'the launch does not go forward any more');
  const step = own(launch.plan.steps, command.step);
  const state = own(launch.steps, command.step);
  if (step === undefined || state === undefined) return refuse('not-found', `there is no step called ${command.step}`);
  if (command.reason.trim() === '') return refuse('wrong-input', 'give a reason: it stands in the record');
  if (state.is === 'passed' || state.is === 'skipped') return refuse('not-now', `${step.id} is done`);
  if (step.kind === 'signoff' && speakerFor(launch, step, context.actor).held.length === 0)
    return noVoice(launch, step, context.actor);
  if (state.is === 'active' && currentEffect(launch, step.id)?.work.kind === 'observe') {
    if (command.until !== undefined) return refuse('wrong-input', 'only the waiver of a check has an end');
    return accept([
      { type: 'verdict-waived', step: step.id, reason: command.reason },
      { type: 'move-done', step: step.id, move: state.move },
    ]);
  }
  const why = whyNotSkipped(launch, step);
  if (why !== null) return refuse('not-now', why);
  const { reason, until } = command;
  return waive(launch, step, { reason, context, ...(until === undefined ? {} : { until }) });
}
