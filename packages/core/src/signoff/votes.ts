import type { SignoffStep } from '@slipway/plan';
import type { Condition, Launch, Vote } from '../model/state.ts';
import { own } from '../own.ts';
import { basisOf } from '../program/progress.ts';
import { emptySeats, missingByRole, type Voter } from './seats.ts';

/** Why a vote no longer counts: the facts changed, it grew too old, or somebody who holds the role has voted as well. */
export type Fall = 'facts' | 'expired' | 'holder';

/** A vote and what became of it. */
export interface JudgedVote {
  readonly vote: Vote;
  /** The roles that it counts for now; empty where it fell. */
  readonly roles: readonly string[];
  /** null: it stands. */
  readonly fell: Fall | null;
}

/**
 * Every vote on a sign-off, standing or not, in the order in which they came. `now` in epoch ms; null: by what the log says
 * alone, which writes down what expires when it does.
 */
export function judgedVotes(launch: Launch, signoff: string, now: number | null = null): readonly JudgedVote[] {
  const step = signoffOf(launch, signoff);
  if (step === null) return [];
  const basis = basisOf(launch, signoff);
  const aged = (own(launch.votes, signoff) ?? []).map((vote) => ({ vote, fell: fallOf(vote) }));
  const spoken = new Set(aged.flatMap(({ vote, fell }) => (fell === null ? heldBy(vote) : [])));
  return aged.map(({ vote, fell }): JudgedVote => {
    if (fell !== null) return { vote, roles: [], fell };
    const held = heldBy(vote);
    const roles = vote.roles.filter((role) => held.includes(role) || !spoken.has(role));
    return { vote, roles, fell: roles.length === 0 ? 'holder' : null };
  });

  function fallOf(vote: Vote): Fall | null {
    if (vote.basis.seq !== basis.seq) return 'facts';
    return vote.expired === true || (now !== null && step !== null && isTooOld(step, vote, now)) ? 'expired' : null;
  }
}

const heldBy = ({ roles, delegated = [] }: Vote): readonly string[] =>
  roles.filter((role) => !delegated.includes(role));

/** A clock that is set back by as much as a GO may last gives it no second life. */
export function isTooOld({ expires }: SignoffStep, vote: Vote, now: number): boolean {
  return expires !== undefined && Math.abs(now - vote.at) >= expires;
}

export function signoffOf({ plan }: Launch, id: string): SignoffStep | null {
  const step = own(plan.steps, id);
  return step?.kind === 'signoff' ? step : null;
}

/** Votes that count now. `now`: as of judgedVotes. */
export function standingVotes(launch: Launch, signoff: string, now: number | null = null): readonly Vote[] {
  return judgedVotes(launch, signoff, now).flatMap(({ vote, fell }) => (fell === null ? [vote] : []));
}

/** GOs still missing, by role; empty when the quorum is reached. `now`: as of judgedVotes. */
export function missingVotes(
  launch: Launch,
  signoff: string,
  now: number | null = null,
): Readonly<Record<string, number>> {
  const step = signoffOf(launch, signoff);
  if (step === null) return {};
  const voters = judgedVotes(launch, signoff, now).flatMap(({ vote, roles, fell }): readonly Voter[] =>
    fell === null && vote.vote === 'go' ? [{ person: vote.person, roles }] : [],
  );
  return step.distinct === true ? emptySeats(step.quorum, voters) : missingByRole(step.quorum, voters);
}

/** What the GOs that count still depend on. `now`: as of judgedVotes. */
export function openConditions(launch: Launch, signoff: string, now: number | null = null): readonly Condition[] {
  const wanted = new Set(standingVotes(launch, signoff, now).flatMap(({ conditions = [] }) => conditions));
  return (own(launch.conditions, signoff) ?? []).filter(({ number, met }) => met === null && wanted.has(number));
}
