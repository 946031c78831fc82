import type { Plan } from '../model/plan.ts';
import type { DeployStep, RolloutStep, RunStep, SoakStep, Step } from '../model/step.ts';

/** Steps that are judged while they last. */
export type Watch = RolloutStep | SoakStep;

export const isWatchStep = (step: Step): step is Watch => step.kind === 'rollout' || step.kind === 'soak';

/** Whether a place counts as production; a command that names none may have changed anything. */
export function isProduction({ environments }: Plan, environment: string | null): boolean {
  return environment === null || environments[environment]?.tier === 'production';
}

export type Changing = RunStep | DeployStep | RolloutStep;

/** Whether a step changes production. What is launched in the dark changes nothing that people meet. */
export function changesProduction(plan: Plan, step: Step): step is Changing {
  if (step.kind === 'run') return step.effect === 'executive' && isProduction(plan, step.environment);
  if (step.kind === 'rollout' && step.strategy === 'dark-launch') return false;
  return (step.kind === 'deploy' || step.kind === 'rollout') && isProduction(plan, step.environment);
}

/** Whether a step brings what is launched to people. */
export function bringsToProduction(plan: Plan, step: Step): step is DeployStep | RolloutStep {
  return step.kind !== 'run' && changesProduction(plan, step);
}
