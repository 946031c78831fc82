import type { SignoffView, VoteView } from '@slipway/contract';
import { awaited, type Condition, judgedVotes, type Launch, stepsInOrder } from '@slipway/core';

/** Every vote, the ones that fell too. What grows too old is written down when it does: no clock is needed here. */
export function votesOf(launch: Launch): readonly VoteView[] {
  return Object.keys(launch.votes).flatMap((step) =>
    judgedVotes(launch, step).map(({ vote, fell }): VoteView => {
      const { person, roles, reason, at, delegated } = vote;
      const said = { step, person, vote: vote.vote, roles: [...roles], reason, at, stands: fell === null };
      return {
        ...said,
        ...(fell === null ? {} : { fell }),
        ...(delegated === undefined ? {} : { delegated: [...delegated] }),
        ...expiry(launch, step, fell === null && vote.vote === 'go' ? at : null),
        ...conditionsOf(launch, step, vote.conditions ?? []),
      };
    }),
  );
}

/** While it can still fall by growing old. */
function expiry({ plan, steps }: Launch, id: string, at: number | null): Pick<VoteView, 'expiresAt'> {
  const step = plan.steps[id];
  if (at === null || step?.kind !== 'signoff' || step.expires === undefined || steps[id]?.is !== 'active') return {};
  return { expiresAt: at + step.expires };
}

function conditionsOf(launch: Launch, step: string, numbers: readonly number[]): Pick<VoteView, 'conditions'> {
  if (numbers.length === 0) return {};
  const set = (launch.conditions[step] ?? []).filter(({ number }) => numbers.includes(number));
  return { conditions: set.map((condition) => ({ ...shown(condition), met: metText(condition) })) };
}

const shown = ({ number, text, person }: Condition) => ({ number, text, person });

function metText({ met }: Condition): string | null {
  if (met === null) return null;
  return `${met.by.kind === 'person' ? met.by.id : 'Slipway'}: ${met.proof}`;
}

/** Who the open sign-offs are waiting for, in the order of the plan. */
export function signoffsOf(launch: Launch): readonly SignoffView[] {
  if (launch.mode.is !== 'running' && launch.mode.is !== 'held') return [];
  const open = stepsInOrder(launch.plan).filter(
    ({ kind, id }) => kind === 'signoff' && launch.steps[id]?.is === 'active',
  );
  return open.map(({ id }): SignoffView => {
    const { roles, conditions, fallen } = awaited(launch, id);
    return {
      step: id,
      roles: roles.map((role) => ({ ...role, people: [...role.people], delegates: [...role.delegates] })),
      conditions: conditions.map(shown),
      fallen: fallen.map((vote) => ({ ...vote })),
    };
  });
}
