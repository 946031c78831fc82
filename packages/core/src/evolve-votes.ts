import type { EventOf, Recorded } from './model/event.ts';
import type { Condition, Launch, Vote } from './model/state.ts';
import { own } from './own.ts';

// Votes on sign-offs and what they depend on, as events change them.

/** Whoever votes again takes the earlier vote back; the conditions of that one stay in the list, and nothing depends on them. */
export function voteCast(launch: Launch, { actor, at }: Recorded, event: EventOf<'vote-cast'>): Launch {
  const person = actor.kind === 'person' ? actor.id : 'slipway';
  const { step, vote, roles, reason, basis, delegated = [], conditions = [] } = event;
  const others = (own(launch.votes, step) ?? []).filter((earlier) => earlier.person !== person);
  const known = own(launch.conditions, step) ?? [];
  const set = conditions.map((text, index): Condition => {
    return { number: known.length + index + 1, text, person, met: null };
  });
  const cast: Vote = {
    person,
    vote,
    roles,
    reason,
    basis,
    at,
    ...(delegated.length === 0 ? {} : { delegated }),
    ...(set.length === 0 ? {} : { conditions: set.map(({ number }) => number) }),
  };
  return {
    ...launch,
    votes: { ...launch.votes, [step]: [...others, cast] },
    conditions: set.length === 0 ? launch.conditions : { ...launch.conditions, [step]: [...known, ...set] },
  };
}

export function conditionMet(launch: Launch, { actor, at }: Recorded, event: EventOf<'condition-met'>): Launch {
  const { step, condition, proof } = event;
  const conditions = (own(launch.conditions, step) ?? []).map((each) =>
    each.number === condition ? { ...each, met: { by: actor, at, proof } } : each,
  );
  return { ...launch, conditions: { ...launch.conditions, [step]: conditions } };
}

export function votesExpired(launch: Launch, { step, people }: EventOf<'votes-expired'>): Launch {
  const votes = (own(launch.votes, step) ?? []).map((vote): Vote =>
    people.includes(vote.person) ? { ...vote, expired: true } : vote,
  );
  return { ...launch, votes: { ...launch.votes, [step]: votes } };
}
