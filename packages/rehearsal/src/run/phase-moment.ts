import { type Launch, isDone, livedPlan, type Recorded, stepsInOrder } from '@slipway/core';
import type { Fault } from '../scenario/fault.ts';

/**
 * Whether this event is the moment at which a person calls the launch off, or goes back, in the fault's phase. `abort`: as soon as the
 * phase has changed something, or begun where it changes nothing. `rollback`: when all of the phase is done; of the last one when its
 * last step has begun, or changed something where it takes several effects, for a launch that is over is not gone back from.
 */
export function isPhaseMoment(fault: Fault, launch: Launch, { event }: Recorded): boolean {
  if (fault.kind === 'abort') return isBegun(launch, fault.phase, event);
  if (fault.kind === 'rollback') return isOver(launch, fault.phase, event);
  return false;
}

function isBegun({ plan, touched, effects }: Launch, name: string, event: Recorded['event']): boolean {
  const steps = stepsOf({ plan }, name);
  if (steps.some((id) => changes(plan, id))) {
    if (event.type !== 'effect-settled' || effects[event.effect]?.is !== 'settled') return false;
    const step = event.effect.split(':')[0] ?? '';
    return steps.includes(step) && touched.includes(step);
  }
  return event.type === 'step-started' && steps.includes(event.step);
}

function isOver(launch: Launch, name: string, event: Recorded['event']): boolean {
  const lived = livedPlan(launch);
  const { phases } = lived;
  const steps = stepsOf(launch, name);
  if (phases.at(-1)?.name !== name) return isDoneBy(event, steps) && steps.every((id) => isDone(launch, id));
  const last = stepsInOrder(lived).at(-1)?.id ?? '';
  const kind = launch.plan.steps[last]?.kind;
  if (kind !== 'deploy' && kind !== 'rollout') return event.type === 'step-started' && event.step === last;
  return event.type === 'effect-settled' && event.effect.startsWith(`${last}:`) && launch.touched.includes(last);
}

function isDoneBy(event: Recorded['event'], steps: readonly string[]): boolean {
  return (event.type === 'step-passed' || event.type === 'step-skipped') && steps.includes(event.step);
}

function stepsOf({ plan }: Pick<Launch, 'plan'>, name: string): readonly string[] {
  return plan.phases.find((phase) => phase.name === name)?.steps ?? [];
}

function changes({ steps }: Launch['plan'], id: string): boolean {
  const step = steps[id];
  if (step?.kind === 'run') return step.effect === 'executive';
  return step?.kind === 'deploy' || step?.kind === 'rollout';
}
