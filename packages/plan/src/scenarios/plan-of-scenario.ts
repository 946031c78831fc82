import type { Phase, Plan } from '../model/plan.ts';
import type { Step } from '../model/step.ts';

/**
 * The plan as it is once a scenario is chosen: the common phases and those of the scenario, and no choice left. What a step needed
 * of another scenario is done without; what that one needed in turn is not. A name that is not offered leaves the common phases.
 */
export function planOfScenario(plan: Plan, scenario: string | null): Plan {
  const { scenarios, ...rest } = plan;
  if (scenarios === undefined) return plan;
  const offered = Object.values(scenarios.offer).flatMap(({ phases }) => phases);
  const own = Object.values(scenarios.offer).find(({ name }) => name === scenario)?.phases ?? [];
  const phases = plan.phases.filter(({ name }) => !offered.includes(name) || own.includes(name));
  return { ...rest, phases, steps: keptSteps(plan, phases) };
}

function keptSteps({ steps }: Plan, phases: readonly Phase[]): Readonly<Record<string, Step>> {
  const kept = new Set(phases.flatMap((phase) => phase.steps));
  const known = new Map<string, readonly string[]>();
  const needsOf = (id: string): readonly string[] => {
    const found = known.get(id);
    if (found !== undefined) return found;
    // A circle is refused elsewhere, and must not hang whoever looks at the plan before.
    known.set(id, []);
    const needs = (steps[id]?.needs ?? []).flatMap((need) => (kept.has(need) ? [need] : needsOf(need)));
    const all = [...new Set(needs)];
    known.set(id, all);
    return all;
  };
  const entries = Object.entries(steps).filter(([id]) => kept.has(id));
  return Object.fromEntries(entries.map(([id, step]) => [id, { ...step, needs: needsOf(id) }]));
}
