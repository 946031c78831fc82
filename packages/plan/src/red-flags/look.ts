import { allNeeds } from '../lint/graph.ts';
import type { Plan } from '../model/plan.ts';
import type { Places } from '../parse/places.ts';
import type { Looking } from './rule.ts';

/** A plan as rules look at it. `chosen`: phases that only run once a person has chosen them. */
export function look(plan: Plan, places: Places, chosen: readonly string[] = []): Looking {
  const steps = plan.phases.flatMap(({ steps: ids }) => ids.flatMap((id) => plan.steps[id] ?? []));
  const needs = allNeeds(new Map(steps.map(({ id, needs: ids }) => [id, ids])));
  return {
    plan,
    steps,
    pathOf: ({ id }, ...inside) => [...(places.steps.get(id) ?? ['phases']), ...inside],
    isChosen: ({ phase }) => chosen.includes(phase),
    before: ({ id }) => {
      const ids = needs.get(id) ?? new Set();
      return steps.filter((step) => ids.has(step.id));
    },
  };
}
