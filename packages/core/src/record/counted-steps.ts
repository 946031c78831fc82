import type { DeployStep, Plan, RolloutStep } from '@slipway/plan';
import { own } from '../own.ts';
import { isFlagRollout } from '../program/flag-rollout.ts';
import { stepsInOrder } from '../program/steps.ts';

/** Steps that change what runs somewhere: in production; in every environment where the plan changes no production. */
export function countedSteps(plan: Plan): readonly (DeployStep | RolloutStep)[] {
  const changing = stepsInOrder(plan).filter((step) => step.kind === 'deploy' || step.kind === 'rollout');
  const production = changing.filter((step) => own(plan.environments, step.environment)?.tier !== 'staging');
  return production.length > 0 ? production : changing;
}

/** Whether a plan ends with the old version serving as before: nobody meets what is launched in the dark. */
export function staysDark(plan: Plan): boolean {
  const steps = countedSteps(plan);
  return steps.length > 0 && steps.every((step) => step.kind === 'rollout' && step.strategy === 'dark-launch');
}

/** Whether a plan only tells people something: there is nothing that it could bring live. */
export function onlyTells(plan: Plan): boolean {
  const steps = stepsInOrder(plan);
  return steps.length > 0 && steps.every((step) => step.kind === 'announce');
}

/** Whether a plan changes flags only: no version of it is ever started or stopped. */
export function onlyFlags(plan: Plan): boolean {
  const steps = countedSteps(plan);
  return steps.length > 0 && steps.every(isFlagRollout);
}
