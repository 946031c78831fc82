import type { Plan, Scenario } from '@slipway/plan';
import type { Basis } from '../model/event.ts';
import type { Launch } from '../model/state.ts';
import { own } from '../own.ts';

/** A plan never changes, and every decision asks several times. */
const OFFERED = new WeakMap<Plan, ReadonlySet<string>>();

/** Steps that only run where their scenario is chosen; empty where the plan offers none. */
export function offeredSteps(plan: Plan): ReadonlySet<string> {
  const known = OFFERED.get(plan);
  if (known !== undefined) return known;
  const phases = new Set(Object.values(plan.scenarios?.offer ?? {}).flatMap((scenario) => scenario.phases));
  const steps = new Set(plan.phases.filter(({ name }) => phases.has(name)).flatMap((phase) => phase.steps));
  OFFERED.set(plan, steps);
  return steps;
}

/** null: the plan offers none of that name. */
export function scenarioOf({ scenarios }: Plan, name: string): Scenario | null {
  return own(scenarios?.offer ?? {}, name) ?? null;
}

/** Steps of a scenario, in the order of the plan. */
export function stepsOfScenario({ phases }: Plan, scenario: Scenario): readonly string[] {
  return phases.filter(({ name }) => scenario.phases.includes(name)).flatMap(({ steps }) => steps);
}

/** Whether the decision lets a step begin: it is common to all scenarios, or of the chosen one and nothing has to be proved before. */
export function isLetBegin(launch: Launch, id: string): boolean {
  if (!offeredSteps(launch.plan).has(id)) return true;
  const choice = launch.scenario?.choice ?? null;
  if (choice === null) return false;
  if (choice.proving.includes(id)) return true;
  return choice.proving.every((each) => launch.steps[each]?.is === 'passed' || launch.steps[each]?.is === 'skipped');
}

/** Whether a step waits for another one that its plan puts in front of it: one that proves something for a choice does for the gate alone. */
export function isInFront({ plan, scenario }: Launch, step: string, other: string): boolean {
  const proving = scenario?.choice?.proving ?? [];
  return !proving.includes(step) || proving.includes(other) || !offeredSteps(plan).has(other);
}

/** Whether all that is common is done: the decision is due. */
export function isGateDone({ plan, steps }: Launch): boolean {
  const offered = offeredSteps(plan);
  return Object.keys(plan.steps).every((id) => {
    const is = own(steps, id)?.is;
    return offered.has(id) || is === 'passed' || is === 'skipped';
  });
}

/** The newest of the facts that a decision rests on. */
export function gateBasis({ plan, steps, origin }: Launch): Basis {
  const offered = offeredSteps(plan);
  let newest = origin;
  for (const [id, state] of Object.entries(steps)) {
    if (offered.has(id) || (state.is !== 'passed' && state.is !== 'skipped')) continue;
    if (state.basis.seq > newest.seq) newest = state.basis;
  }
  return newest;
}

/** Whether somebody has to choose before the launch goes on. */
export function awaitsChoice(launch: Launch): boolean {
  return launch.scenario !== null && launch.scenario.choice === null && isGateDone(launch);
}

/** A step of the chosen scenario that has begun to change something: from then on the choice stands. null: none has. */
export function lockedBy(launch: Launch): string | null {
  const offered = offeredSteps(launch.plan);
  return launch.touched.find((id) => offered.has(id)) ?? null;
}
