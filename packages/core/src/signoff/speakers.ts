import type { SignoffStep } from '@slipway/plan';
import { type Actor, isSamePerson } from '../model/actor.ts';
import type { Launch } from '../model/state.ts';
import { own } from '../own.ts';

/** The roles of a sign-off for which somebody may vote. */
export interface Speaker {
  /** Those that they hold. */
  readonly held: readonly string[];
  /** Those for which they stand in. */
  readonly delegated: readonly string[];
}

const NOBODY: Speaker = { held: [], delegated: [] };

/** For whom somebody speaks here, by the plan: nobody, where the sign-off shuts them out. */
export function speakerFor(launch: Launch, step: SignoffStep, actor: Actor): Speaker {
  if (actor.kind !== 'person' || shutOutBy(launch, step, actor.id) !== null) return NOBODY;
  const roles = Object.keys(step.quorum);
  return {
    held: roles.filter((role) => holdersOf(launch, role).includes(actor.id)),
    delegated: roles.filter((role) => delegatesOf(launch, role).includes(actor.id)),
  };
}

/** The word of `not` by which somebody has no vote here; null: they are not shut out. */
export function shutOutBy(launch: Launch, step: Pick<SignoffStep, 'not'>, person: string): string | null {
  return (step.not ?? []).find((word) => isMeant(launch, word, person)) ?? null;
}

function isMeant(launch: Launch, word: string, person: string): boolean {
  if (word !== 'author') return holdersOf(launch, word).includes(person);
  return launch.startedBy.kind === 'person' && isSamePerson(launch.startedBy.id, person);
}

export function holdersOf({ plan }: Launch, role: string): readonly string[] {
  return own(plan.people, role) ?? [];
}

export function delegatesOf({ plan }: Launch, role: string): readonly string[] {
  return own(plan.delegates ?? {}, role) ?? [];
}
