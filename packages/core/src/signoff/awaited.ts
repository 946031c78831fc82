import type { Condition, Launch } from '../model/state.ts';
import { delegatesOf, holdersOf, shutOutBy } from './speakers.ts';
import { type Fall, judgedVotes, missingVotes, openConditions, signoffOf } from './votes.ts';

/** Who a sign-off is waiting for. */
export interface Awaited {
  readonly roles: readonly AwaitedRole[];
  /** What the GOs that count still depend on. */
  readonly conditions: readonly Condition[];
  /** Votes that were given and do not count, and why. */
  readonly fallen: readonly { readonly person: string; readonly vote: 'go' | 'no-go'; readonly why: Fall }[];
}

export interface AwaitedRole {
  readonly role: string;
  /** GOs that are missing. */
  readonly missing: number;
  /** Those who hold the role and could give one. */
  readonly people: readonly string[];
  /** Those who could give one in their place: empty once somebody who holds the role has voted. */
  readonly delegates: readonly string[];
}

/** Who a sign-off is waiting for, and for what. `now` in epoch ms; null: by what the log says alone. */
export function awaited(launch: Launch, signoff: string, now: number | null = null): Awaited {
  const step = signoffOf(launch, signoff);
  if (step === null) return { roles: [], conditions: [], fallen: [] };
  const votes = judgedVotes(launch, signoff, now);
  const standing = votes.filter(({ fell }) => fell === null);
  const given = new Set(standing.map(({ vote }) => vote.person));
  const isAble = (person: string): boolean => !given.has(person) && shutOutBy(launch, step, person) === null;
  const roles = Object.entries(missingVotes(launch, signoff, now)).map(([role, missing]): AwaitedRole => {
    const spoken = standing.some(({ vote }) => vote.roles.includes(role) && vote.delegated?.includes(role) !== true);
    return {
      role,
      missing,
      people: holdersOf(launch, role).filter(isAble),
      delegates: spoken ? [] : delegatesOf(launch, role).filter(isAble),
    };
  });
  return {
    roles,
    conditions: openConditions(launch, signoff, now),
    fallen: votes.flatMap(({ vote, fell }) =>
      fell === null ? [] : [{ person: vote.person, vote: vote.vote, why: fell }],
    ),
  };
}
