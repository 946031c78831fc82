import type { Basis } from '../model/event.ts';
import type { Launch } from '../model/state.ts';
import { own } from '../own.ts';
import { isInFront, isLetBegin } from '../scenario/scenario-steps.ts';
import { stepsInFront } from './steps.ts';

/** Passed, skipped with a reason, or of a scenario that was not chosen. */
export function isDone(launch: Launch, step: string): boolean {
  const state = own(launch.steps, step);
  return state?.is === 'passed' || state?.is === 'skipped' || state?.is === 'not-chosen';
}

/** Whether everything in front of a step is done, however far in front: a check that runs again closes every gate behind it. */
export function frontIsDone(launch: Launch, step: string): boolean {
  if (!isLetBegin(launch, step)) return false;
  const isOver = (id: string): boolean => isDone(launch, id) || !isInFront(launch, step, id);
  // Those right in front first: nearly always one of them is not done, and the walk to the far end is long.
  const needs = own(launch.plan.steps, step)?.needs ?? [];
  return needs.every(isOver) && [...stepsInFront(launch.plan, step)].every(isOver);
}

/** What a vote on this sign-off is bound to now. */
export function basisOf(launch: Launch, signoff: string): Basis {
  let newest = launch.origin;
  for (const id of stepsInFront(launch.plan, signoff)) {
    const state = launch.steps[id];
    if ((state?.is === 'passed' || state?.is === 'skipped') && state.basis.seq > newest.seq) newest = state.basis;
  }
  return newest;
}

/** Whether people may still take it on: neither on its way back nor over. */
export function goesForward({ mode }: Launch): boolean {
  return mode.is === 'running' || mode.is === 'held';
}

/** Epoch ms at which a `wait` step is over, if nobody sets the clock; null for other steps or before it started. */
export function waitDue(launch: Launch, id: string): number | null {
  const step = own(launch.plan.steps, id);
  const state = own(launch.steps, id);
  if (step?.kind !== 'wait' || state?.is !== 'active') return null;
  if (step.until.kind === 'elapsed') return state.since + Math.max(0, step.until.ms - state.counted);
  return launch.t0 + step.until.ms;
}

/** A moment follows the wall clock, as T-0 does. A length is over when as much was counted: a clock that is set ends nothing. */
export function isWaitOver(launch: Launch, id: string, now: number): boolean {
  const step = own(launch.plan.steps, id);
  const state = own(launch.steps, id);
  if (step?.kind !== 'wait' || state?.is !== 'active') return false;
  const { kind, ms } = step.until;
  return kind === 'elapsed' ? state.counted >= ms : now >= launch.t0 + ms;
}

/** Whether something was changed that counts as production: from then on calling off is a rollback. */
export function productionTouched(launch: Launch): boolean {
  return launch.touched.some((id) => {
    const step = launch.plan.steps[id];
    if (step === undefined) return false;
    const environment = 'environment' in step ? step.environment : null;
    return environment === null || own(launch.plan.environments, environment)?.tier !== 'staging';
  });
}
