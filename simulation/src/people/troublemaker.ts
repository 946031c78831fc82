import { basisOf, type Launch } from '@slipway/core';
import type { Random } from '../random/random.ts';
import { type Deed, deed } from './deed.ts';
import { effectIdOf } from './helper.ts';

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
      return deed(person, { type: 'retry', step });
    case 'retryAll':
      return deed(person, { type: 'retry', step: null });
    case 'skip':
      return deed(person, { type: 'skip', step, reason: random.pick(['why not', '']) });
    case 'answer':
      return wildAnswer(launch, person, { step, random });
  }
}

function vote(launch: Launch, person: string, random: Random): Deed {
  const steps = Object.values(launch.plan.steps);
  const signoffs = steps.filter((step) => step.kind === 'signoff');
  const step = random.pick(signoffs.length === 0 ? steps : signoffs).id;
  const newest = basisOf(launch, step).seq;
  const basis = random.chance(0.5) ? newest : random.int(1, launch.head.seq);
  return deed(person, { type: 'vote', step, vote: random.chance(0.1) ? 'no-go' : 'go', reason: '', basis });
}

/** Only about what nobody asks, or to say that it was not done: a lie would make the world's checks worthless. */
function wildAnswer(launch: Launch, person: string, about: { readonly step: string; readonly random: Random }): Deed {
  const effect = effectIdOf(launch, about.step);
  const asked = launch.effects[effect];
  const open = asked?.is === 'settled' && asked.outcome.result === 'unknown';
  const id = open ? '~undo:0.99' : about.random.pick([effect, '~undo:0.99', '~notice:1.0']);
  return deed(person, { type: 'answer', effect: id, done: about.random.chance(0.5), reason: 'so it seems' });
}
