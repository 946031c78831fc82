import type { Plan } from '@slipway/plan';
import type { Launch } from '../model/state.ts';
import { offeredSteps, scenarioOf } from './scenario-steps.ts';

/** By plan, and choice with what it has proved: every look at a launch asks again. */
const LIVED = new WeakMap<Plan, Map<string, Plan>>();

/**
 * The plan without the phases of the scenarios that were not chosen; as long as nobody has chosen, all of it. A step of one that was
 * left, which proves that nothing has changed, is run before the chosen one's, and stands there.
 */
export function livedPlan({ plan, scenario }: Launch): Plan {
  const { scenario: name, proving = [] } = scenario?.choice ?? {};
  const chosen = name === undefined ? null : scenarioOf(plan, name);
  if (chosen === null) return plan;
  const known = LIVED.get(plan) ?? new Map<string, Plan>();
  LIVED.set(plan, known);
  const key = JSON.stringify([name, ...proving]);
  const found = known.get(key) ?? partOf(plan, chosen.phases, proving);
  known.set(key, found);
  return found;
}

function partOf(plan: Plan, own: readonly string[], proving: readonly string[]): Plan {
  const offered = offeredSteps(plan);
  const common = plan.phases.filter(({ steps }) => !steps.some((id) => offered.has(id)));
  const proofs = plan.phases.flatMap(({ name, steps }) => {
    const asked = own.includes(name) ? [] : steps.filter((id) => proving.includes(id));
    return asked.length === 0 ? [] : [{ name, steps: asked }];
  });
  const phases = [...common, ...proofs, ...plan.phases.filter(({ name }) => own.includes(name))];
  const kept = new Set(phases.flatMap(({ steps }) => steps));
  return { ...plan, phases, steps: Object.fromEntries(Object.entries(plan.steps).filter(([id]) => kept.has(id))) };
}
