import type { LaunchView, VoteView } from '@slipway/contract';
import { timeOfDay } from '../terminal/numbers.ts';
import type { Pen } from './pen.ts';

/** A vote, and below it what it depends on. */
export function voteLines(vote: VoteView, { zone }: LaunchView, pen: Pen): string[] {
  const { votes } = pen.m;
  const { delegated = [], conditions = [] } = vote;
  const word = vote.vote === 'go' ? votes.go : votes.noGo;
  const line = pen.join(
    votes.by(word, vote.person, vote.roles.join(', ')),
    delegated.length === 0 ? '' : votes.standsIn(delegated.join(', ')),
    vote.reason,
    vote.expiresAt === undefined ? '' : votes.until(timeOfDay(vote.expiresAt, zone)),
    vote.stands ? '' : votes.fallen[vote.fell ?? 'facts'],
  );
  return [
    line,
    ...conditions.map(({ number, text, met }) =>
      pen.join(votes.condition(number, text), met === null ? votes.open : votes.met(met)),
    ),
  ];
}

/** Who an open sign-off is waiting for, one line a role. */
export function awaitedLines(view: LaunchView, step: string, pen: Pen): string[] {
  const { votes } = pen.m;
  const roles = view.signoffs.find((signoff) => signoff.step === step)?.roles ?? [];
  return roles.map(({ role, missing, people, delegates }) =>
    pen.join(
      votes.waits(role, missing, people.length === 0 ? votes.nobody : people.join(', ')),
      delegates.length === 0 ? '' : votes.instead(delegates.join(', ')),
    ),
  );
}
