import type { Plan, Step } from '@slipway/plan';
import { BOUNDARIES, type End, type Fault, type Scenario, WAY_BACK } from './fault.ts';
import { stageNames } from './stage-names.ts';

export const GOOD: Scenario = { id: 'good', fault: { kind: 'none' }, wants: ['completed'] };

const TURNED_BACK: readonly End[] = ['scrubbed', 'rolled-back'];

/** What the good path did: nothing that a launch never does can go wrong in it. */
export interface GoodPath {
  /** Steps that had effects, and ANNOUNCEMENTS where the launch told something by itself. */
  readonly worked: readonly string[];
  /** Steps that changed the world. */
  readonly touched: readonly string[];
}

/** Everything that is rehearsed, the good path first; each id is there once. */
export function scenariosOf(plan: Plan, path: GoodPath): readonly Scenario[] {
  const steps = plan.phases.flatMap((phase) => phase.steps.flatMap((id) => plan.steps[id] ?? []));
  const all = [
    GOOD,
    ...steps.flatMap(failing),
    ...steps.flatMap(refused),
    ...steps.flatMap((step) => watched(step)),
    ...path.touched.map((step) => unknown(step)),
    ...Object.keys(plan.channels).map((channel) => mute(plan, channel)),
    ...plan.phases.flatMap(({ name }) => byPerson(name)),
    ...path.worked.flatMap((step) => crashes(step, ['completed'])),
    ...(path.touched.length > 0 ? crashes(WAY_BACK, TURNED_BACK) : []),
  ];
  return [...new Map(all.map((scenario) => [scenario.id, scenario])).values()];
}

const scenario = (id: string, fault: Fault, wants: readonly End[]): Scenario => ({ id, fault, wants });

function failing({ id, kind }: Step): readonly Scenario[] {
  switch (kind) {
    case 'check':
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

function refused({ id, kind }: Step): readonly Scenario[] {
  return kind === 'signoff' ? [scenario(`no-go:${id}`, { kind: 'no-go', step: id }, TURNED_BACK)] : [];
}

function watched(step: Step): readonly Scenario[] {
  return stageNames(step).flatMap((name, stage) =>
    (['bad', 'silent'] as const).map((kind) => {
      const id = name === null ? `${kind}:${step.id}` : `${kind}:${step.id}@${name}`;
      return scenario(id, { kind, step: step.id, stage }, TURNED_BACK);
    }),
  );
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
