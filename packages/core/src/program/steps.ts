import type { Plan, Step } from '@slipway/plan';
import type { StepState } from '../model/state.ts';

export function waitingSteps(plan: Plan): Readonly<Record<string, StepState>> {
  return Object.fromEntries(Object.keys(plan.steps).map((id): [string, StepState] => [id, { is: 'waiting' }]));
}

/** A plan never changes, and every decision asks for its order several times. */
const ORDERS = new WeakMap<Plan, readonly Step[]>();

/** Steps in the order of the file. */
export function stepsInOrder(plan: Plan): readonly Step[] {
  const known = ORDERS.get(plan);
  if (known !== undefined) return known;
  const order = plan.phases.flatMap((phase) => phase.steps).flatMap((id) => plan.steps[id] ?? []);
  ORDERS.set(plan, order);
  return order;
}

/** Every step that must be done before this one, directly or through others. */
export function stepsInFront(plan: Plan, step: string): ReadonlySet<string> {
  const found = new Set<string>();
  const queue = [...(plan.steps[step]?.needs ?? [])];
  for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
    if (found.has(id)) continue;
    found.add(id);
    queue.push(...(plan.steps[id]?.needs ?? []));
  }
  return found;
}

const BEHIND = new WeakMap<Plan, Map<string, ReadonlySet<string>>>();

/** Every step that waits for this one, directly or through others. */
export function stepsBehind(plan: Plan, step: string): ReadonlySet<string> {
  const known = BEHIND.get(plan) ?? new Map<string, ReadonlySet<string>>();
  BEHIND.set(plan, known);
  const behind = known.get(step) ?? new Set(Object.keys(plan.steps).filter((id) => stepsInFront(plan, id).has(step)));
  known.set(step, behind);
  return behind;
}
