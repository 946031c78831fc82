import type { Plan, Step } from '@slipway/plan';
import { calendarFaults, type Middles } from './calendar-faults.ts';
import { TURNED_BACK } from './endings.ts';
import { BOUNDARIES, type End, type Fault, type Scenario, WAY_BACK } from './fault.ts';
import { judgedFaults } from './judged-faults.ts';
import { soakFaults } from './soak-faults.ts';

export const GOOD: Scenario = { id: 'good', fault: { kind: 'none' }, wants: ['completed'] };

/** What the good path did: nothing that a launch never does can go wrong in it. */
export interface GoodPath {
  /** Steps that had effects, and ANNOUNCEMENTS where the launch told something by itself. */
  readonly worked: readonly string[];
  /** Steps that changed the world. */
  readonly touched: readonly string[];
  readonly middles: Middles;
}

/** Everything that is rehearsed, the good path first; each id is there once. */
export function scenariosOf(plan: Plan, path: GoodPath): readonly Scenario[] {
  const steps = plan.phases.flatMap((phase) => phase.steps.flatMap((id) => plan.steps[id] ?? []));
  const all = [
    GOOD,
    ...others(plan),
    ...steps.flatMap(failing),
    ...steps.flatMap(refused),
    ...steps.flatMap(judgedFaults),
    ...steps.flatMap(soakFaults),
    ...calendarFaults(plan, path.middles),
    ...path.touched.map((step) => unknown(step)),
    ...Object.keys(plan.channels).map((channel) => mute(plan, channel)),
    ...plan.phases.flatMap(({ name }) => byPerson(name)),
    ...path.touched.flatMap((step) => backFailing(plan, step)),
    ...path.worked.flatMap((step) => crashes(step, ['completed'])),
    ...(path.touched.length > 0 ? crashes(WAY_BACK, TURNED_BACK) : []),
  ];
  return [...new Map(all.map((scenario) => [scenario.id, scenario])).values()];
}

const scenario = (id: string, fault: Fault, wants: readonly End[]): Scenario => ({ id, fault, wants });

/** The good path is that of the first scenario which the plan offers: the others have one each. */
function others({ scenarios }: Plan): readonly Scenario[] {
  const names = Object.values(scenarios?.offer ?? {}).map(({ name }) => name);
  return names.slice(1).map((name) => scenario(`choose:${name}`, { kind: 'choose', scenario: name }, ['completed']));
}

function failing(step: Step): readonly Scenario[] {
  const { id, kind } = step;
  switch (kind) {
    case 'check':
      // The no of a check that decides is a fact: the decision goes on with it.
      if (step.decides === true)
        return [scenario(`fail:${id}`, { kind: 'fail', step: id }, ['completed', ...TURNED_BACK])];
      return [scenario(`fail:${id}`, { kind: 'fail', step: id }, TURNED_BACK)];
    case 'run':
    case 'deploy':
    case 'rollout':
      return [scenario(`fail:${id}`, { kind: 'fail', step: id }, TURNED_BACK)];
    case 'soak':
    case 'signoff':
    case 'task':
    case 'announce':
    case 'wait':
      return [];
  }
}

function refused(step: Step): readonly Scenario[] {
  if (step.kind !== 'signoff') return [];
  const { id, expires } = step;
  const no = scenario(`no-go:${id}`, { kind: 'no-go', step: id }, TURNED_BACK);
  return expires === undefined ? [no] : [no, scenario(`expire:${id}`, { kind: 'expire', step: id }, ['completed'])];
}

/** It must end as incomplete, with a person asked: never in silence, and never as if all were well. */
function backFailing({ steps }: Plan, id: string): readonly Scenario[] {
  const step = steps[id];
  if (step === undefined || (step.kind === 'run' && step.undo?.kind !== 'command')) return [];
  return [scenario(`back-fails:${id}`, { kind: 'back-fails', step: id, phase: step.phase }, ['rollback-incomplete'])];
}

/** Asked, or done again where that is harmless; where the attempts are used up it is gone back from. */
function unknown(step: string): Scenario {
  return scenario(`unknown:${step}`, { kind: 'unknown', step }, ['completed', ...TURNED_BACK]);
}

/** Nobody goes back because of a message, unless the plan says so. */
function mute(plan: Plan, channel: string): Scenario {
  const turnsBack = Object.values(plan.steps).some(
    (step) => step.kind === 'announce' && step.onFail === 'rollback' && step.message.to.includes(channel),
  );
  return scenario(`mute:${channel}`, { kind: 'mute', channel }, ['completed', ...(turnsBack ? TURNED_BACK : [])]);
}

function byPerson(phase: string): readonly Scenario[] {
  return (['abort', 'rollback'] as const).map((kind) => scenario(`${kind}:${phase}`, { kind, phase }, TURNED_BACK));
}

function crashes(step: string, wants: readonly End[]): readonly Scenario[] {
  return BOUNDARIES.map((boundary) => scenario(`crash:${step}:${boundary}`, { kind: 'crash', step, boundary }, wants));
}
