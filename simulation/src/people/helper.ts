import {
  basisOf,
  type Condition,
  findEffect,
  type HoldCause,
  type Launch,
  missingVotes,
  movesOf,
  openConditions,
  stepsBehind,
} from '@slipway/core';
import type { Step } from '@slipway/plan';
import type { Random } from '../random/random.ts';
import type { World } from '@slipway/rehearsal';
import { type Deed, deed } from './deed.ts';

interface View {
  readonly launch: Launch;
  readonly world: World;
  readonly random: Random;
}

/** All that somebody who wants the launch to succeed would do now. */
export function helpfulDeeds(view: View): readonly Deed[] {
  const { launch } = view;
  switch (launch.mode.is) {
    case 'running':
      return [...stepDeeds(view), ...secondLooks(view)];
    case 'held':
      return [
        ...stepDeeds(view),
        ...secondLooks(view),
        ...launch.mode.causes.flatMap((cause) => answerTo(cause, view)),
      ];
    case 'incomplete':
      return mendingDeeds(view);
    case 'stopping':
    case 'undoing':
    case 'ended':
      return [];
  }
}

function stepDeeds(view: View): readonly Deed[] {
  const { launch } = view;
  return Object.values(launch.plan.steps).flatMap((step) => {
    const state = launch.steps[step.id];
    return state?.is === 'active' ? activeDeeds(step, state.move, view) : [];
  });
}

/** While a decision is open behind a check, somebody careful now and then has it checked again. */
function secondLooks({ launch, random }: View): readonly Deed[] {
  return Object.values(launch.plan.steps).flatMap((step) => {
    if (step.kind !== 'check' || launch.steps[step.id]?.is !== 'passed' || !random.chance(0.2)) return [];
    const open = [...stepsBehind(launch.plan, step.id)].some((id) => isOpenSignoff(launch, id));
    return open ? [deed('ada', { type: 'retry', step: step.id })] : [];
  });
}

function isOpenSignoff(launch: Launch, id: string): boolean {
  return launch.plan.steps[id]?.kind === 'signoff' && launch.steps[id]?.is === 'active';
}

function activeDeeds(step: Step, index: number, { launch, random }: View): readonly Deed[] {
  const move = movesOf(launch, step.id)[index];
  switch (move?.kind) {
    case 'vote': {
      const role = Object.keys(missingVotes(launch, step.id))[0];
      if (role === undefined) return openConditions(launch, step.id).map((condition) => metBy(condition, step.id));
      const vote = random.chance(0.04) ? 'no-go' : 'go';
      const basis = basisOf(launch, step.id).seq;
      const cast = { type: 'vote', step: step.id, vote, reason: 'I looked', basis } as const;
      return [deed(holderOf(launch, role, random), vote === 'go' ? { ...cast, ...conditionsOf(step.id) } : cast)];
    }
    case 'confirm':
      return [deed('ada', { type: 'confirm', step: step.id, phrase: move.phrase })];
    case 'proof': {
      const owner = step.kind === 'task' ? step.owner : 'release';
      return [deed(holderOf(launch, owner, random), proofOf(step.id))];
    }
    case 'effect':
    case 'wait':
    case 'send':
    case undefined:
      return [];
  }
}

/** Of every second sign-off, by the number at its end: a GO depends on something. */
function conditionsOf(signoff: string): { readonly conditions?: readonly string[] } {
  return /[02468]$/.test(signoff) ? { conditions: ['the guide is read'] } : {};
}

function metBy({ number, person }: Condition, step: string): Deed {
  return deed(person, { type: 'meet-condition', step, condition: number, proof: 'https://wiki.example/guide' });
}

function proofOf(step: string): Deed['command'] {
  return { type: 'complete-task', step, proof: 'https://wiki.example/proof' };
}

function holderOf(launch: Launch, role: string, random: Random): string {
  return random.pick(launch.plan.people[role] ?? ['nobody']);
}

function answerTo(cause: HoldCause, view: View): readonly Deed[] {
  const { random, launch } = view;
  switch (cause.kind) {
    case 'person':
    case 'freeze':
      return [deed('ada', { type: 'resume' })];
    case 'verdict':
      return [
        random.chance(0.4)
          ? deed('ada', { type: 'skip', step: cause.step, reason: 'seen enough' })
          : deed('ada', { type: 'resume' }),
      ];
    case 'unknown-outcome':
      return [random.chance(0.85) ? truth(cause.effect, view) : deed('ada', { type: 'retry', step: cause.step })];
    case 'deadlock':
      return [deed('ada', { type: 'retry', step: cause.step })];
    case 'step-failed':
      return [afterFailure(cause.step, launch, random)];
  }
}

function afterFailure(step: string, launch: Launch, random: Random): Deed {
  const canSkip = !launch.touched.includes(step);
  switch (random.weighted({ retry: 8, skip: canSkip ? 3 : 0, rollback: 1 })) {
    case 'retry':
      return launch.steps[step]?.is === 'waiting'
        ? deed('ada', { type: 'skip', step, reason: 'it cannot be done any more' })
        : deed('ada', { type: 'retry', step });
    case 'skip':
      return deed('ada', { type: 'skip', step, reason: 'not needed today' });
    case 'rollback':
      return deed('ada', { type: 'rollback', reason: 'it does not get better' });
  }
}

/** Looks at the world and says what is so; looks again where nobody can answer for it. */
function truth(id: string, { launch, world }: View): Deed {
  const effect = findEffect(launch, id);
  if (effect === null || effect.class === 'read-only')
    return deed('ada', { type: 'retry', step: effect?.step ?? id.split(':')[0] ?? id });
  return deed('ada', { type: 'answer', effect: id, done: world.holds(effect.work, id), reason: 'I looked' });
}

/** What is left of a way back is mended by hand, or tried again. */
function mendingDeeds(view: View): readonly Deed[] {
  const { launch, random } = view;
  const open = Object.entries(launch.effects).flatMap(([id, state]) => {
    const asks = id.startsWith('~undo') && state.is === 'settled' && state.outcome.result !== 'done';
    return asks && findEffect(launch, id) !== null ? [id] : [];
  });
  if (open.length === 0 || random.chance(0.6)) return [deed('ada', { type: 'retry', step: null })];
  return [truthOfUndo(random.pick(open), view)];
}

function truthOfUndo(id: string, { launch, world }: View): Deed {
  const work = findEffect(launch, id)?.work;
  const done = work !== undefined && world.holds(work, id);
  return deed('ada', { type: 'answer', effect: id, done, reason: 'I looked' });
}
