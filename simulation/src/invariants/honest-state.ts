import { currentEffect, heldAtTheGate, type HoldCause, type Launch, movesOf, type Pending } from '@slipway/core';
import { Broken, type Invariant, type Setting } from './invariant.ts';

/** A launch that holds holds for something that is so; one that goes on waits for something; one that ended stays ended. */
export function honestState({ pending }: Setting): Invariant {
  return {
    event: ({ recorded: { event }, before }) => {
      if (before.is === 'absent' || before.mode.is !== 'ended') return;
      if (!['effect-started', 'effect-settled', 'effect-noted', 'notice-queued'].includes(event.type))
        throw new Broken('honest-state', `${event.type} happened after the end`);
    },
    decided: (launch) => {
      const { mode } = launch;
      if (mode.is === 'running') checkRunning(launch, pending());
      if (mode.is !== 'held') return;
      if (mode.causes.length === 0) throw new Broken('honest-state', 'it holds for nothing');
      for (const cause of mode.causes) checkCause(launch, cause);
    },
  };
}

function checkRunning(launch: Launch, { effects, wakeAt }: Pending): void {
  const states = Object.entries(launch.steps);
  const failed = states.find(([, state]) => state.is === 'failed');
  if (failed !== undefined) throw new Broken('honest-state', `${failed[0]} failed and the launch goes on`);
  const doubtful = states.find(([id]) => isUnknown(launch, id));
  if (doubtful !== undefined)
    throw new Broken('honest-state', `nobody knows about ${doubtful[0]} and the launch goes on`);
  const opens = heldAtTheGate(launch).length > 0 && wakeAt !== null;
  const waits = effects.length > 0 || opens || states.some(([, state]) => state.is === 'active');
  if (!waits) throw new Broken('honest-state', 'the launch goes on and waits for nothing');
}

function checkCause(launch: Launch, cause: HoldCause): void {
  if (cause.kind === 'step-failed' && !['failed', 'waiting'].includes(launch.steps[cause.step]?.is ?? ''))
    throw new Broken('honest-state', `it holds because ${cause.step} failed, which it did not`);
  if (cause.kind === 'unknown-outcome' && !isUnknown(launch, cause.step))
    throw new Broken('honest-state', `it holds because of ${cause.effect}, about which nobody asks any more`);
}

function isUnknown(launch: Launch, step: string): boolean {
  const state = launch.steps[step];
  if (state?.is !== 'active' || movesOf(launch, step)[state.move] === undefined) return false;
  const effect = currentEffect(launch, step);
  const found = effect === null ? undefined : launch.effects[effect.id];
  return found?.is === 'settled' && found.outcome.result === 'unknown';
}
