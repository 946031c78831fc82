import { basisOf, findEffect, type Launch } from '@slipway/core';
import type { Random } from '../random/random.ts';
import { type Deed, deed } from './deed.ts';

const NAMES = ['ada', 'bob', 'cleo', 'dan', 'eve'];

/** Anything that a person can send, sensible or not: wrong people, wrong phrases, old facts, too early, too late. */
export function troublesomeDeed(launch: Launch, random: Random): Deed {
  const person = random.pick(NAMES);
  const step = random.pick(Object.keys(launch.plan.steps));
  switch (
    random.weighted({
      vote: 6,
      task: 2,
      confirm: 2,
      hold: 4,
      resume: 4,
      back: 1,
      retry: 6,
      retryAll: 1,
      skip: 3,
      answer: 2,
    })
  ) {
    case 'vote':
      return vote(launch, person, random);
    case 'task':
      return deed(person, { type: 'complete-task', step, proof: random.pick(['', 'ok', 'https://x.example']) });
    case 'confirm':
      return deed(person, { type: 'confirm', step, phrase: random.pick([`CONFIRM ${step}`, 'yes']) });
    case 'hold':
      return deed(person, { type: 'hold', reason: 'wait' });
    case 'resume':
      return deed(person, { type: 'resume' });
    case 'back':
      return deed(person, { type: random.pick(['abort', 'rollback']), reason: 'enough' });
    case 'retry':
      return deed(person, { type: 'retry', step: random.chance(0.5) ? step : someCheck(launch, random) });
    case 'retryAll':
      return deed(person, { type: 'retry', step: null });
    case 'skip':
      return deed(person, { type: 'skip', step, reason: random.pick(['why not', '']) });
    case 'answer':
      return wildAnswer(launch, person, random);
  }
}

function someCheck(launch: Launch, random: Random): string {
  const checks = Object.values(launch.plan.steps).filter((step) => step.kind === 'check');
  return checks.length === 0 ? 'check-0' : random.pick(checks).id;
}

function vote(launch: Launch, person: string, random: Random): Deed {
  const steps = Object.values(launch.plan.steps);
  const signoffs = steps.filter((step) => step.kind === 'signoff');
  const step = random.pick(signoffs.length === 0 ? steps : signoffs).id;
  const newest = basisOf(launch, step).seq;
  const basis = random.chance(0.5) ? newest : random.int(1, launch.head.seq);
  return deed(person, { type: 'vote', step, vote: random.chance(0.1) ? 'no-go' : 'go', reason: '', basis });
}

/** Says "done" about what nobody asks, and for what only looks: a lie that is taken makes the world disagree with the launch. */
function wildAnswer(launch: Launch, person: string, random: Random): Deed {
  const ids = Object.keys(launch.effects).filter((id) => !isAsked(launch, id));
  const effect = random.pick([...ids, '~undo:0.99', '~notice:1.0']);
  return deed(person, { type: 'answer', effect, done: random.chance(0.7), reason: 'so it seems' });
}

/** Whether somebody waits for the answer: those are left to people who look. */
function isAsked(launch: Launch, id: string): boolean {
  const state = launch.effects[id];
  const open = state?.is === 'settled' && state.outcome.result !== 'done';
  return open && findEffect(launch, id)?.class === 'executive';
}
