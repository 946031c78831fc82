import {
  type Actor,
  awaited,
  awaitsChoice,
  basisOf,
  findEffect,
  type HoldCause,
  type Launch,
  movesOf,
  openReviews,
  openSoak,
  productionTouched,
  soakLength,
} from '@slipway/core';
import type { PersonCommand } from '@slipway/engine';
import type { SoakStep, Step } from '@slipway/plan';
import type { Fault } from '../scenario/fault.ts';
import type { World } from '../world/world.ts';
import type { Ask } from './ask.ts';
import { choiceAsk } from './chosen-scenario.ts';
import { keyOf } from './effect-owner.ts';

/** Whoever starts a rehearsed launch and is on call for it: holds no role, so that four eyes stay four. */
export const ON_CALL: Actor = { kind: 'person', id: 'rehearsal' };

interface View {
  readonly launch: Launch;
  readonly world: World;
  readonly fault: Fault;
  /** Epoch ms. */
  readonly now: number;
  /** Whether the fault has come about. */
  readonly hasMet: boolean;
}

/**
 * All that the launch asks of people now, and what they do: they vote GO on the facts that they see, prove tasks, type phrases, say
 * truly what was done, and go back from what does not get better. The fault may make one of them say NO-GO.
 */
export function asksOf(view: View): readonly Ask[] {
  const { mode } = view.launch;
  switch (mode.is) {
    case 'running':
      return [...choiceAsks(view), ...stepAsks(view)];
    case 'held':
      return [...mode.causes.map((cause) => heldAsk(cause, view)), ...choiceAsks(view), ...stepAsks(view)];
    case 'incomplete':
      return mendAsks(view);
    case 'stopping':
    case 'undoing':
    case 'ended':
      return [];
  }
}

function choiceAsks({ launch, fault }: View): readonly Ask[] {
  return awaitsChoice(launch) && launch.scenario?.proposal !== null ? [choiceAsk(launch, fault)] : [];
}

function stepAsks(view: View): readonly Ask[] {
  const { launch } = view;
  return Object.values(launch.plan.steps).flatMap((step) => {
    const state = launch.steps[step.id];
    return state?.is === 'active' ? activeAsks(step, state.move, view) : [];
  });
}

function activeAsks(step: Step, index: number, view: View): readonly Ask[] {
  const move = movesOf(view.launch, step.id)[index];
  switch (move?.kind) {
    case 'vote':
      return voteAsks(step.id, view);
    case 'confirm':
      return [byAnybody('confirm', step.id, { type: 'confirm', step: step.id, phrase: move.phrase })];
    case 'proof':
      return step.kind === 'task' ? [taskAsk(step.id, step.owner, view)] : [];
    case 'effect':
      return step.kind === 'soak' ? reviewAsks(step, view) : [];
    case 'wait':
    case 'send':
    case undefined:
      return [];
  }
}

function voteAsks(step: string, { launch, fault, now }: View): readonly Ask[] {
  const vote = fault.kind === 'no-go' && fault.step === step ? 'no-go' : 'go';
  const basis = basisOf(launch, step).seq;
  return awaited(launch, step, now).roles.map(({ role, people, delegates }): Ask => {
    const person = people[0] ?? delegates[0];
    const command = { type: 'vote', step, vote, reason: 'rehearsed', basis } as const;
    const deed = person === undefined ? null : { actor: { kind: 'person', id: person } as const, command };
    return { kind: 'go', role, about: step, deed };
  });
}

function reviewAsks({ id, care }: SoakStep, view: View): readonly Ask[] {
  const role = care?.review?.by;
  if (role === undefined || openReviews(view.launch, id) === 0) return [];
  const ask = taskAsk(id, role, view);
  const { fault, launch } = view;
  if (fault.kind !== 'review' || fault.step !== id) return [ask];
  if (fault.how === 'refused') return [{ ...byAnybody('task', id, goBack(launch)), role }];
  return [isTooLate(launch, id) ? ask : later('task', id, role)];
}

/** The next review has fallen due, or the soak is over. */
function isTooLate(launch: Launch, id: string): boolean {
  const soak = openSoak(launch, id);
  return soak === null || openReviews(launch, id) > 1 || soak.state.counted >= soakLength(launch, soak.step);
}

/** Whether it is the question that, by the fault, is answered badly or late. */
export function isLeftOpen(fault: Fault, { kind, about }: Ask): boolean {
  return fault.kind === 'review' && kind === 'task' && about === fault.step;
}

function taskAsk(step: string, owner: string, { launch }: View): Ask {
  const person = launch.plan.people[owner]?.[0];
  const task = launch.plan.steps[step];
  const isFigure = task?.kind === 'task' && task.proof === 'value';
  const proof = isFigure ? '1' : `https://rehearsal.invalid/${step}`;
  const command = { type: 'complete-task', step, proof } as const;
  const deed = person === undefined ? null : { actor: { kind: 'person', id: person } as const, command };
  return { kind: 'task', role: owner, about: step, deed };
}

function heldAsk(cause: HoldCause, view: View): Ask {
  switch (cause.kind) {
    case 'person':
      return waitsForAge(view) ? later('decide', cause.kind) : byAnybody('decide', cause.kind, { type: 'resume' });
    case 'freeze':
      return freezeAsk(view);
    case 'unknown-outcome':
      return byAnybody('answer', cause.effect, truth(cause.effect, cause.step, view));
    case 'step-failed':
      return byAnybody('decide', cause.step, afterFailure(cause.step, view));
    case 'verdict':
    case 'deadlock':
      return byAnybody('decide', cause.step, goBack(view.launch));
  }
}

function freezeAsk({ launch, fault, now }: View): Ask {
  if (fault.kind !== 'freeze' || fault.answer === 'finish') return byAnybody('decide', 'freeze', { type: 'resume' });
  if (fault.answer === 'rollback') return byAnybody('decide', 'freeze', goBack(launch));
  return now < fault.to ? later('decide', 'freeze') : byAnybody('decide', 'freeze', { type: 'resume' });
}

/** Whether the launch is held until the GOs on the sign-off have grown too old, and nobody goes on before. */
function waitsForAge({ launch, fault, hasMet }: View): boolean {
  return fault.kind === 'expire' && !hasMet && launch.steps[fault.step]?.is !== 'skipped';
}

/** A message that nobody gets is gone on without; from everything else people go back. */
function afterFailure(step: string, { launch, fault }: View): PersonCommand {
  // What a dead process left undone is done now.
  if (fault.kind === 'crash') return { type: 'retry', step };
  if (launch.plan.steps[step]?.kind === 'announce') return { type: 'skip', step, reason: 'told by other means' };
  return goBack(launch);
}

function goBack(launch: Launch): PersonCommand {
  return { type: productionTouched(launch) ? 'rollback' : 'abort', reason: 'it does not get better (rehearsed)' };
}

/** Looks at the world and says what is so; has it looked at again where nobody can answer for it. */
function truth(id: string, step: string, { launch, world }: View): PersonCommand {
  const effect = findEffect(launch, id);
  if (effect === null || effect.class === 'read-only') return { type: 'retry', step };
  return { type: 'answer', effect: id, done: world.holds(effect.work, keyOf(effect)), reason: 'looked (rehearsed)' };
}

/** What was done without anybody knowing is said to be done; what was not is tried once more. */
function mendAsks({ launch, world }: View): readonly Ask[] {
  const open = Object.entries(launch.effects).flatMap(([id, state]) => {
    const isOpen = id.startsWith('~undo') && state.is === 'settled' && state.outcome.result === 'unknown';
    const effect = isOpen ? findEffect(launch, id) : null;
    return effect === null ? [] : [effect];
  });
  const done = open.find((effect) => world.holds(effect.work, keyOf(effect)));
  if (done !== undefined) {
    const command = { type: 'answer', effect: done.id, done: true, reason: 'looked (rehearsed)' } as const;
    return [byAnybody('answer', done.id, command)];
  }
  return [byAnybody('mend', 'way-back', { type: 'retry', step: null })];
}

/** Nobody answers yet. */
function later(kind: Ask['kind'], about: string, role: string | null = null): Ask {
  return { kind, role, about, deed: null };
}

function byAnybody(kind: Ask['kind'], about: string, command: PersonCommand): Ask {
  return { kind, role: null, about, deed: { actor: ON_CALL, command } };
}
