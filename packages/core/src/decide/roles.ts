import type { Actor } from '../model/actor.ts';
import type { Launch } from '../model/state.ts';
import { own } from '../own.ts';
import { type Handled, refuse } from './handled.ts';

/** Those of the roles that somebody holds, by the plan. */
export function rolesHeld(launch: Launch, actor: Actor, roles: readonly string[]): readonly string[] {
  return roles.filter((role) => actor.kind === 'person' && (own(launch.plan.people, role) ?? []).includes(actor.id));
}

/** Says who would be heard. */
export function notInRole(launch: Launch, actor: Actor, roles: readonly string[]): Handled {
  const who = actor.kind === 'person' ? actor.id : 'Slipway';
  const people = roles.map((role) => `${role} (${(own(launch.plan.people, role) ?? []).join(', ')})`);
  return refuse('not-allowed', `${who} does not speak for ${people.join(' or ')}`);
}
