import type { Recorded } from '@slipway/core';
import type { Change } from '../driver/driver.ts';
import { Broken, type Invariant, type Setting } from './invariant.ts';
import { StepLedger } from './step-ledger.ts';

type Cast = Extract<Recorded['event'], { type: 'vote-cast' }> & { readonly by: string };

/** A sign-off passes on votes of its quorum that were cast on the facts as they are; a NO-GO turns the launch back at once. */
export function votes({ scenario }: Setting): Invariant {
  const { plan } = scenario;
  const ledger = new StepLedger(plan);
  const hashes = new Map<number, string>();
  const cast = new Map<string, Map<string, Cast>>();

  const keep = (recorded: Recorded): void => {
    const { event, actor } = recorded;
    if (event.type === 'votes-revoked') cast.delete(event.step);
    if (event.type !== 'vote-cast') return;
    if (actor.kind !== 'person') throw new Broken('votes', `${event.step} took a vote of Slipway`);
    const strange = event.roles.find((role) => !(plan.people[role] ?? []).includes(actor.id));
    if (strange !== undefined) throw new Broken('votes', `${actor.id} voted as ${strange}`);
    if (hashes.get(event.basis.seq) !== event.basis.hash)
      throw new Broken('votes', `a vote on ${event.step} is bound to an event that is not there`);
    const ofStep = cast.get(event.step) ?? new Map<string, Cast>();
    cast.set(event.step, ofStep.set(actor.id, { ...event, by: actor.id }));
  };

  const judge = (step: string): void => {
    const found = plan.steps[step];
    if (found?.kind !== 'signoff') return;
    const basis = ledger.basis(step);
    const standing = [...(cast.get(step)?.values() ?? [])].filter(
      (vote) => vote.basis.seq === basis && vote.vote === 'go',
    );
    for (const [role, wanted] of Object.entries(found.quorum)) {
      const given = new Set(standing.filter((vote) => vote.roles.includes(role)).map((vote) => vote.by)).size;
      if (given < wanted)
        throw new Broken('votes', `${step} passed with ${given} of ${wanted} ${role} on event ${basis}`);
    }
  };

  return {
    event: ({ recorded }: Change) => {
      if (recorded.event.type === 'step-passed') judge(recorded.event.step);
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
