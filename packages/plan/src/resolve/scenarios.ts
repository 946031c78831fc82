import type { Plan } from '../model/plan.ts';
import type { Frozen, Scenario, ScenarioCondition } from '../model/scenario.ts';
import type { Draft, DraftPhase } from '../parse/draft.ts';
import type { WrittenCondition, WrittenScenarios } from '../schema/scenarios.ts';
import { parseDuration } from '../text/duration.ts';
import { parseTOffset } from '../text/t-offset.ts';

type Written = WrittenScenarios['offer'][string];

/** The scenarios of a checked draft; nothing where it offers none. */
export function resolveScenarios(draft: Draft): Pick<Plan, 'scenarios'> {
  const { scenarios } = draft;
  if (scenarios === null || scenarios === undefined) return {};
  const offer = Object.entries(scenarios.offer).map(([name, written]): [string, Scenario] => [
    name,
    scenarioOf(draft, name, written),
  ]);
  const choose = scenarios.choose.map(({ when = [], scenario }) => ({ when: when.map(conditionOf), scenario }));
  return { scenarios: { after: scenarios.after, choose, offer: Object.fromEntries(offer) } };
}

function scenarioOf(draft: Draft, name: string, written: Written): Scenario {
  const { title = name, authority, not, phases, reason } = written;
  const end = draft.phases.find(({ frozen }) => frozen === name);
  const named = draft.phases.map((phase) => phase.name).filter((phase) => phases.includes(phase));
  return {
    name,
    title,
    authority,
    ...(not === undefined ? {} : { not }),
    phases: end === undefined ? named : [...named, end.name],
    ...(reason === 'required' ? { reason } : {}),
    ...(end === undefined ? {} : { frozen: frozenOf(written, end) }),
  };
}

function frozenOf(written: Written, { steps }: DraftPhase): Frozen {
  const [wait = '', ...unchanged] = steps.flatMap(({ id }) => (id === null ? [] : [id]));
  const { for: length, until = 'T-0' } = written;
  return {
    until:
      length === undefined
        ? { kind: 't-offset', ms: parseTOffset(until) ?? Number.NaN }
        : { kind: 'elapsed', ms: parseDuration(length) ?? Number.NaN },
    wait,
    unchanged,
  };
}

/** A condition as the model has it. */
export function conditionOf(written: WrittenCondition): ScenarioCondition {
  if ('check' in written) return { kind: 'check', step: written.check, is: written.is };
  if ('signoff' in written) return { kind: 'signoff', step: written.signoff, is: written.is };
  if ('calendar' in written) return { kind: 'calendar', is: written.calendar };
  const { value: step, of, equals, above, below } = written;
  return {
    kind: 'value',
    step,
    ...(of === undefined ? {} : { of }),
    ...(equals === undefined ? {} : { equals }),
    ...(above === undefined ? {} : { above }),
    ...(below === undefined ? {} : { below }),
  };
}
