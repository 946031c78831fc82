import type { Launch, StepState } from '../model/state.ts';
import { hasOpened } from './has-opened.ts';
import { stepsBehind } from './steps.ts';

/** The first step behind this one that has begun to change the world, or to tell people; null: none has. */
export function worldChangedBehind(launch: Launch, step: string): string | null {
  const behind = [...stepsBehind(launch.plan, step)];
  return behind.find((id) => changesTheWorld(launch, id) && hasBegun(launch.steps[id])) ?? null;
}

function hasBegun(state: StepState | undefined): boolean {
  return hasOpened(state) && state.is !== 'skipped';
}

export function changesTheWorld(launch: Launch, id: string): boolean {
  const step = launch.plan.steps[id];
  return (
    step?.kind === 'deploy' ||
    step?.kind === 'rollout' ||
    step?.kind === 'announce' ||
    (step?.kind === 'run' && step.effect === 'executive')
  );
}
