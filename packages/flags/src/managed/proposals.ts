import { changeEvents } from './change-events.ts';
import type { Asked, FlagDecision } from './decided.ts';
import { decided, needsPerson, notFound, refuse, short, wrong } from './decided.ts';
import type { FlagCommand } from './flag-command.ts';
import { actorId } from './flag-fold.ts';
import type { FlagSet } from './flag-set.ts';
import { jsonSize } from './json-size.ts';
import { LIMITS } from './limits.ts';
import { totalSize } from './set-problem.ts';
import { idProblem, reasonProblem } from './wrong-words.ts';

type Of<T extends FlagCommand['type']> = Extract<FlagCommand, { type: T }>;

/** Proposes a change where two must look at it, makes it otherwise. */
export function decideChange(set: FlagSet, { id, change, reason }: Of<'change'>, asked: Asked): FlagDecision {
  const now = changeEvents(set, change, asked);
  // What cannot be made is not proposed either, nor what is so already.
  if (!now.ok || now.events.length === 0 || set.policy.approvals === 0) return now;
  const problem = idProblem(id) ?? reasonProblem(reason);
  if (problem !== null) return wrong(problem);
  if (set.proposals.some((each) => each.id === id)) return wrong(`The id ${short(id)} is taken by another proposal.`);
  if (set.proposals.length >= LIMITS.proposals) {
    return refuse(`A flag set holds at most ${LIMITS.proposals} proposals: approve or reject some first.`);
  }
  if (totalSize(set) + jsonSize(change).characters > LIMITS.total) {
    return refuse('The set is full with what is proposed: approve or reject some first.');
  }
  return decided({ type: 'change-proposed', id, change, reason });
}

const OUTDATED = 'What it would change was changed since it was proposed: reject it and propose it anew.';

/** Makes what was proposed, if what it rests on is as it was then. */
export function decideApprove(set: FlagSet, { id }: Of<'approve'>, asked: Asked): FlagDecision {
  if (asked.actor.kind !== 'person') return needsPerson('Only a person may approve a change.');
  const proposal = set.proposals.find((each) => each.id === id);
  if (proposal === undefined) return noProposal(id);
  if (isSamePerson(proposal.by, actorId(asked.actor)))
    return refuse('Another person than its author must approve a change.');
  if (proposal.outdated) return refuse(OUTDATED);
  const now = changeEvents(set, proposal.change, asked);
  if (now.ok) return decided({ type: 'proposal-approved', id }, ...now.events);
  return refuse(`The change no longer fits, reject it and propose it anew: ${now.rejection.message}`);
}

/** Also where one person is known under two spellings. */
function isSamePerson(one: string, other: string): boolean {
  return plain(one) === plain(other);
}

function plain(id: string): string {
  return id.normalize('NFKC').trim().toLowerCase();
}

/** By anybody, its author included. */
export function decideReject(set: FlagSet, { id, reason }: Of<'reject'>, { actor }: Asked): FlagDecision {
  if (actor.kind !== 'person') return needsPerson('Only a person may reject a change.');
  if (set.proposals.every((each) => each.id !== id)) return noProposal(id);
  const problem = reasonProblem(reason);
  return problem === null ? decided({ type: 'proposal-rejected', id, reason }) : wrong(problem);
}

function noProposal(id: string): FlagDecision {
  return notFound(`There is no proposal ${short(id)}: it was approved or rejected already, or never made.`);
}
