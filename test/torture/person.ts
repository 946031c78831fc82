import { basisOf, currentEffect, type Launch, movesOf, standingVotes, undoEffects } from '@slipway/core';
import type { PersonCommand } from '@slipway/engine';
import { CALLED_OFF_AT, PHRASE } from './plans.ts';

/** What the person at the launch does next; null: nothing. Says of the world only what can be seen there. */
export function nextCommand(launch: Launch, sights: readonly string[]): PersonCommand | null {
  switch (launch.mode.is) {
    case 'running':
      return regret(sights) ?? goOn(launch);
    case 'held':
      return regret(sights) ?? mend(launch, launch.mode.causes, sights);
    case 'incomplete':
      return mendWayBack(launch, sights);
    case 'stopping':
    case 'undoing':
    case 'ended':
      return null;
  }
}

function regret(sights: readonly string[]): PersonCommand | null {
  return sights.includes(`begin ${CALLED_OFF_AT}`) ? { type: 'rollback', reason: 'called off' } : null;
}

function goOn(launch: Launch): PersonCommand | null {
  for (const [step, state] of Object.entries(launch.steps)) {
    if (state.is !== 'active') continue;
    const move = movesOf(launch, step)[state.move];
    if (move?.kind === 'confirm') return { type: 'confirm', step, phrase: PHRASE };
    if (move?.kind === 'vote' && standingVotes(launch, step).length === 0)
      return { type: 'vote', step, vote: 'go', reason: 'ready', basis: basisOf(launch, step).seq };
  }
  return null;
}

type Causes = Extract<Launch['mode'], { is: 'held' }>['causes'];

function mend(launch: Launch, causes: Causes, sights: readonly string[]): PersonCommand | null {
  for (const cause of causes) {
    switch (cause.kind) {
      case 'unknown-outcome':
        return answer(cause.effect, sights.includes(`do ${cause.step}`));
      case 'step-failed':
        // Only what a person has just called not done: any other failure is a finding.
        if (answeredNotDone(launch, currentEffect(launch, cause.step)?.id)) return { type: 'retry', step: cause.step };
        break;
      case 'verdict':
        // Too few had come while nobody looked.
        return { type: 'resume' };
      case 'person':
      case 'deadlock':
      case 'freeze':
        break;
    }
  }
  return null;
}

function mendWayBack(launch: Launch, sights: readonly string[]): PersonCommand | null {
  const effects = undoEffects(launch).filter((effect) => effect !== null);
  const unknown = effects.find(({ id }) => {
    const state = launch.effects[id];
    return state?.is === 'settled' && state.outcome.result === 'unknown';
  });
  if (unknown !== undefined) return answer(unknown.id, sights.includes(`undo ${unknown.step}`));
  return effects.some(({ id }) => answeredNotDone(launch, id)) ? { type: 'retry', step: null } : null;
}

const LOOKED = 'I looked';

function answer(effect: string, done: boolean): PersonCommand {
  return { type: 'answer', effect, done, reason: LOOKED };
}

function answeredNotDone(launch: Launch, effect: string | undefined): boolean {
  const state = launch.effects[effect ?? ''];
  return state?.is === 'settled' && state.outcome.result === 'failed' && state.outcome.reason.endsWith(LOOKED);
}
