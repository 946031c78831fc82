import type { WaitingFor } from '@slipway/contract';
import { basisOf, type HoldCause, type Launch, missingVotes, movesOf, undoEffects } from '@slipway/core';

/** Who must act, on what, with which command. */
export function waitingForOf(launch: Launch): readonly WaitingFor[] {
  const { mode } = launch;
  switch (mode.is) {
    case 'running':
      return peopleSteps(launch);
    case 'held':
      return [...mode.causes.map((cause) => holdAction(launch, cause)), ...peopleSteps(launch)];
    case 'incomplete':
      return incompleteActions(launch);
    case 'stopping':
    case 'undoing':
    case 'ended':
      return [];
  }
}

function peopleSteps(launch: Launch): readonly WaitingFor[] {
  return Object.keys(launch.steps).flatMap((id) => {
    const state = launch.steps[id];
    if (state?.is !== 'active') return [];
    const move = movesOf(launch, id)[state.move];
    const step = launch.plan.steps[id];
    if (step === undefined || move === undefined) return [];
    if (move.kind === 'vote') return votesWanted(launch, id, step.title);
    if (move.kind === 'confirm') return [action(id, 'anyone', `confirm: ${step.title}`, `slipway confirm ${id}`)];
    if (move.kind !== 'proof' || step.kind !== 'task') return [];
    return [
      action(id, step.owner, step.title, `slipway task done ${id} --proof ${step.proof === 'url' ? 'https://…' : '…'}`),
    ];
  });
}

function votesWanted(launch: Launch, id: string, title: string): readonly WaitingFor[] {
  const { seq, hash } = basisOf(launch, id);
  return Object.entries(missingVotes(launch, id)).map(([role, count]): WaitingFor => {
    const what = `GO or NO-GO: ${title}${count > 1 ? ` (${count} more)` : ''}`;
    return { step: id, who: role, what, how: `slipway approve ${id}`, basis: { seq, digest: hash } };
  });
}

function holdAction(launch: Launch, cause: HoldCause): WaitingFor {
  switch (cause.kind) {
    case 'person':
      return action(null, 'operator', 'held by a person', 'slipway resume');
    case 'step-failed': {
      const touched = launch.touched.includes(cause.step);
      const or = touched ? 'slipway rollback --reason …' : `slipway skip ${cause.step} --reason …`;
      return action(cause.step, 'operator', `${cause.step} failed`, `slipway retry ${cause.step}   or   ${or}`);
    }
    case 'verdict':
      return action(
        cause.step,
        'operator',
        `no verdict on ${cause.step}`,
        'slipway resume   or   slipway rollback --reason …',
      );
    case 'unknown-outcome':
      return action(
        cause.step,
        'operator',
        `look whether ${cause.step} was done`,
        `slipway answer ${cause.effect} done|not-done --reason …`,
      );
  }
}

function incompleteActions(launch: Launch): readonly WaitingFor[] {
  const open = undoEffects(launch).flatMap((effect) => {
    const state = effect === null ? undefined : launch.effects[effect.id];
    return effect !== null && state?.is === 'settled' && state.outcome.result !== 'done' ? [effect] : [];
  });
  return [
    action(null, 'operator', 'go on with the way back', 'slipway retry'),
    ...open.map((effect) =>
      action(effect.step, 'operator', `or mend it by hand, then say so`, `slipway answer ${effect.id} done --reason …`),
    ),
  ];
}

function action(step: string | null, who: string, what: string, how: string): WaitingFor {
  return { step, who, what, how, basis: null };
}
