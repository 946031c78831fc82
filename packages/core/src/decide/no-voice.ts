import type { SignoffStep } from '@slipway/plan';
import type { Actor } from '../model/actor.ts';
import type { Launch } from '../model/state.ts';
import { delegatesOf, holdersOf, shutOutBy } from '../signoff/speakers.ts';
import { type Handled, refuse } from './handled.ts';

/** Says why somebody is not heard on a sign-off, and who would be. */
export function noVoice(launch: Launch, step: SignoffStep, actor: Actor): Handled {
  const who = actor.kind === 'person' ? actor.id : 'Slipway';
  const word = actor.kind === 'person' ? shutOutBy(launch, step, actor.id) : null;
  if (word === 'author')
    return refuse('not-allowed', `${who} started this launch, and ${step.id} takes no vote of theirs`);
  if (word !== null) return refuse('not-allowed', `${who} holds the role ${word}, which has no vote on ${step.id}`);
  const people = Object.keys(step.quorum).map((role) => {
    const able = [...holdersOf(launch, role), ...delegatesOf(launch, role)];
    return `${role} (${able.filter((each) => shutOutBy(launch, step, each) === null).join(', ')})`;
  });
  return refuse('not-allowed', `${who} does not speak for ${people.join(' or ')}`);
}
