import type { Recorded } from '@slipway/core';
import type { Change } from '../driver/driver.ts';
import { Broken, type Invariant, type Setting } from './invariant.ts';
import { StepLedger } from './step-ledger.ts';

type Cast = Extract<Recorded['event'], { type: 'vote-cast' }> & {
  readonly by: string;
  readonly at: number;
  readonly seq: number;
};

/** A sign-off passes on votes of its quorum, cast on the facts as they are, with nothing open that they depend on; a NO-GO turns the launch back at once. */
export function votes({ scenario }: Setting): Invariant {
  const { plan } = scenario;
  const ledger = new StepLedger(plan);
  const hashes = new Map<number, string>();
  const cast = new Map<string, Map<string, Cast>>();

  /** By sign-off, what every condition was set for, and whether it is met. */
  const conditions = new Map<string, { readonly by: string; readonly voted: number; isMet: boolean }[]>();

  const keep = (recorded: Recorded): void => {
    const { event, actor } = recorded;
    if (event.type === 'condition-met') {
      const found = conditions.get(event.step)?.[event.condition - 1];
      if (found === undefined || found.isMet) throw new Broken('votes', `${event.step} has no such condition open`);
      found.isMet = true;
    }
    if (event.type === 'votes-revoked') cast.delete(event.step);
    if (event.type === 'votes-expired') for (const each of event.people) cast.get(event.step)?.delete(each);
    if (event.type !== 'vote-cast') return;
    if (actor.kind !== 'person') throw new Broken('votes', `${event.step} took a vote of Slipway`);
    const strange = event.roles.find((role) => !(plan.people[role] ?? []).includes(actor.id));
    if (strange !== undefined) throw new Broken('votes', `${actor.id} voted as ${strange}`);
    if (hashes.get(event.basis.seq) !== event.basis.hash)
      throw new Broken('votes', `a vote on ${event.step} is bound to an event that is not there`);
    const set = (event.conditions ?? []).map(() => ({ by: actor.id, voted: recorded.seq, isMet: false }));
    conditions.set(event.step, [...(conditions.get(event.step) ?? []), ...set]);
    const ofStep = cast.get(event.step) ?? new Map<string, Cast>();
    cast.set(event.step, ofStep.set(actor.id, { ...event, by: actor.id, at: recorded.at, seq: recorded.seq }));
  };

  const judge = (step: string, now: number): void => {
    const found = plan.steps[step];
    if (found?.kind !== 'signoff') return;
    const basis = ledger.basis(step);
    const standing = [...(cast.get(step)?.values() ?? [])].filter(
      (vote) => vote.basis.seq === basis && vote.vote === 'go' && Math.abs(now - vote.at) < (found.expires ?? Infinity),
    );
    const open = (conditions.get(step) ?? []).some(
      ({ voted, isMet }) => !isMet && standing.some((vote) => vote.seq === voted),
    );
    if (open) throw new Broken('votes', `${step} passed while a condition of a GO was open`);
    if (found.distinct === true && !canSit(seatsOf(found.quorum), standing))
      throw new Broken('votes', `${step} passed on fewer people than seats`);
    for (const [role, wanted] of Object.entries(found.quorum)) {
      const given = new Set(standing.filter((vote) => vote.roles.includes(role)).map((vote) => vote.by)).size;
      if (given < wanted)
        throw new Broken('votes', `${step} passed with ${given} of ${wanted} ${role} on event ${basis}`);
    }
  };

  return {
    event: ({ recorded }: Change) => {
      if (recorded.event.type === 'step-passed') judge(recorded.event.step, recorded.at);
      hashes.set(recorded.seq, recorded.hash);
      keep(recorded);
      ledger.event({ recorded });
    },
    decided: (launch, changes) => {
      const refused = changes.some(({ recorded: { event } }) => event.type === 'vote-cast' && event.vote === 'no-go');
      if (refused && (launch.mode.is === 'running' || launch.mode.is === 'held'))
        throw new Broken('votes', 'a NO-GO was cast and the launch goes on');
    },
  };
}

const seatsOf = (quorum: Readonly<Record<string, number>>): readonly string[] =>
  Object.entries(quorum).flatMap(([role, count]) => Array.from({ length: count }, () => role));

/** By trying everybody on every seat. */
function canSit([role, ...rest]: readonly string[], voters: readonly Cast[]): boolean {
  if (role === undefined) return true;
  return voters.some(
    (vote) =>
      vote.roles.includes(role) &&
      canSit(
        rest,
        voters.filter((each) => each !== vote),
      ),
  );
}
