import type { Launch } from '@slipway/core';
import type { Plan, Scenario } from '@slipway/plan';
import type { Fault } from '../scenario/fault.ts';
import type { Ask } from './ask.ts';

/** The scenario of the plan that people choose: the one that the fault is about; where it is about none, the first. */
export function chosenScenario(plan: Plan, fault: Fault): string | null {
  const offer = Object.values(plan.scenarios?.offer ?? {});
  if (fault.kind === 'choose') return fault.scenario;
  if (fault.kind === 'mute') return (offer.find((each) => tells(plan, each, fault.channel)) ?? offer[0])?.name ?? null;
  const phase = 'phase' in fault ? fault.phase : 'step' in fault ? plan.steps[fault.step]?.phase : undefined;
  const meant = offer.find(({ phases }) => phase !== undefined && phases.includes(phase));
  return (meant ?? offer[0])?.name ?? null;
}

function tells({ steps }: Plan, { phases }: Scenario, channel: string): boolean {
  return Object.values(steps).some(
    (step) => step.kind === 'announce' && phases.includes(step.phase) && step.message.to.includes(channel),
  );
}

/** Somebody with its authority chooses; against the table with a reason, as people do. */
export function choiceAsk({ plan, scenario }: Launch, fault: Fault): Ask {
  const name = chosenScenario(plan, fault) ?? '';
  const { authority = [], not = [] } =
    Object.values(plan.scenarios?.offer ?? {}).find((each) => each.name === name) ?? {};
  const shutOut = new Set(not.flatMap((role) => plan.people[role] ?? []));
  const able = authority.flatMap((role) => (plan.people[role] ?? []).filter((person) => !shutOut.has(person)));
  const [person] = able;
  const command = {
    type: 'choose',
    scenario: name,
    reason: 'rehearsed',
    basis: scenario?.proposal?.made.seq ?? 0,
  } as const;
  const deed = person === undefined ? null : { actor: { kind: 'person', id: person } as const, command };
  return { kind: 'decide', role: authority.join(', '), about: name, deed };
}
