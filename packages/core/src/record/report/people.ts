import type { Plan } from '@slipway/plan';
import type { Actor } from '../../model/actor.ts';
import type { Say } from './report-input.ts';

/** Speaks of people by their roles: what went wrong is no person's. */
export interface Roles {
  readonly actor: (actor: Actor) => string;
  /** The text with every person that the plan or the log names replaced by their roles. */
  readonly without: (text: string) => string;
}

/** A short name is not sought in the middle of a word, nor one person's address in another's. */
const NO_NAME_BEFORE = String.raw`(?<![\p{L}\p{N}._@+-])`;
const NO_NAME_AFTER = String.raw`(?![\p{L}\p{N}@_-])`;

/** `others`: people whom the plan does not name, as they stand in the log. */
export function rolesOf(plan: Plan, others: readonly string[], say: Say): Roles {
  const roles = new Map<string, string[]>();
  for (const [role, people] of Object.entries(plan.people))
    for (const person of people) roles.set(person, [...(roles.get(person) ?? []), role]);
  const somebody = say('a person without a role in the plan', 'une personne sans rôle dans le plan');
  const names = new Map(
    [...new Set([...roles.keys(), ...others])].map((id) => [id, roles.get(id)?.join(', ') ?? somebody]),
  );
  // The longest first: one may be the beginning of another.
  const sought = [...names.keys()].filter((id) => id !== '').toSorted((one, other) => other.length - one.length);
  const pattern =
    sought.length === 0
      ? null
      : new RegExp(`${NO_NAME_BEFORE}(?:${sought.map(escaped).join('|')})${NO_NAME_AFTER}`, 'giu');
  const byLower = new Map([...names].map(([id, role]) => [id.toLowerCase(), role]));
  return {
    actor: (actor) => (actor.kind === 'person' ? (names.get(actor.id) ?? somebody) : 'Slipway'),
    without: (text) =>
      pattern === null ? text : text.replaceAll(pattern, (found) => byLower.get(found.toLowerCase()) ?? somebody),
  };
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}
