import type { LaunchView, ScenarioView, WaitingFor } from '@slipway/contract';
import { awaitsChoice, type Launch, type ScenarioChoice, scenarioOf } from '@slipway/core';
import type { Scenario } from '@slipway/plan';
import type { Words } from './words/words.ts';

/** Where the decision between the scenarios stands; nothing where the plan offers none. */
export function scenarioViewOf({ plan, scenario }: Launch): Pick<LaunchView, 'scenario'> {
  if (scenario === null || plan.scenarios === undefined) return {};
  const { proposal, choice } = scenario;
  const rows = (proposal?.rows ?? []).map(({ scenario: name, is, conditions }) => {
    return { scenario: name, is, conditions: conditions.map((each) => ({ ...each })) };
  });
  return {
    scenario: {
      offer: Object.values(plan.scenarios.offer).map(offerOf),
      basis: proposal === null ? null : { seq: proposal.made.seq, digest: proposal.made.hash },
      proposed: proposal?.scenario ?? null,
      rows,
      chosen: choice === null ? null : chosenOf(choice, scenarioOf(plan, choice.scenario)?.title ?? choice.scenario),
    },
  };
}

/** A scenario as people choose it. */
export function offerOf({ name, title, authority, reason, phases }: Scenario): ScenarioView['offer'][number] {
  return { name, title, authority: [...authority], reason: reason === 'required', phases: [...phases] };
}

function chosenOf(choice: ScenarioChoice, title: string): NonNullable<ScenarioView['chosen']> {
  const { scenario, by, at, reason, override, until } = choice;
  const who = by.kind === 'person' ? by.id : 'Slipway';
  return { scenario, title, by: who, at, reason, override: override === true, until: until ?? null };
}

/** Who may choose which scenario, with the proposed one first. */
export function choicesWanted(launch: Launch, { act }: Words): readonly WaitingFor[] {
  if (!awaitsChoice(launch)) return [];
  const proposed = launch.scenario?.proposal?.scenario ?? null;
  const offer = Object.values(launch.plan.scenarios?.offer ?? {});
  const first = offer.filter(({ name }) => name === proposed);
  const others = offer.filter(({ name }) => name !== proposed);
  return [...first, ...others].map(({ name, title, authority, reason }): WaitingFor => {
    const needsReason = reason !== undefined || (proposed !== null && name !== proposed);
    const how = `slipway choose ${name}${needsReason ? ' --reason …' : ''}`;
    return { step: null, who: authority.join(', '), what: act.choose(title, name === proposed), how, basis: null };
  });
}
