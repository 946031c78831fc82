import type { Plan } from '@slipway/plan';
import type { Launch } from '../model/state.ts';
import { offeredSteps, scenarioOf } from './scenario-steps.ts';

/** By plan and choice: every look at a launch asks again. */
const LIVED = new WeakMap<Plan, Map<string, Plan>>();

/** The plan without the phases of the scenarios that were not chosen; as long as nobody has chosen, all of it. */
export function livedPlan({ plan, scenario }: Launch): Plan {
  const name = scenario?.choice?.scenario;
  const chosen = name === undefined ? null : scenarioOf(plan, name);
  if (name === undefined || chosen === null) return plan;
  const known = LIVED.get(plan) ?? new Map<string, Plan>();
  LIVED.set(plan, known);
  const found = known.get(name) ?? without(plan, chosen.phases);
  known.set(name, found);
  return found;
}

function without(plan: Plan, own: readonly string[]): Plan {
  const offered = offeredSteps(plan);
  const phases = plan.phases.filter(({ name, steps }) => own.includes(name) || !steps.some((id) => offered.has(id)));
  const kept = new Set(phases.flatMap(({ steps }) => steps));
  return { ...plan, phases, steps: Object.fromEntries(Object.entries(plan.steps).filter(([id]) => kept.has(id))) };
}
