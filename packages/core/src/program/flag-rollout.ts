import type { FlagAudience, FlagRollout, Plan } from '@slipway/plan';
import type { Launch } from '../model/state.ts';
import { own } from '../own.ts';
import { joinAudiences } from './flag-audience.ts';
import { stepsInFront, stepsInOrder } from './steps.ts';

/**
 * Who has the variant at each stage of the rollout: whoever came before has it still, also by another step of the plan that ramps the
 * same flag in front of this one.
 */
export function audiencesOf(plan: Plan, step: FlagRollout): readonly (readonly FlagAudience[])[] {
  const front = stepsInFront(plan, step.id);
  const before = stepsInOrder(plan).flatMap((other) => {
    const isSame = isFlagRollout(other) && other.environment === step.environment && other.flag === step.flag;
    return isSame && front.has(other.id) ? addedBy(other) : [];
  });
  const added = addedBy(step);
  return step.stages.map((_, index) => joinAudiences([...before, ...added.slice(0, index + 1)]));
}

const addedBy = ({ stages }: FlagRollout): readonly FlagAudience[] => stages.map(({ audience }) => audience);

export function isFlagRollout(step: Plan['steps'][string] | undefined): step is FlagRollout {
  return step?.kind === 'rollout' && step.strategy === 'flag';
}

/** Whether what is said of an environment is so: its version was verified or, where only flags are ramped there, one of them was. */
export function isShown(launch: Launch, environment: string): boolean {
  if (own(launch.verified, environment) !== undefined) return true;
  const there = stepsInOrder(launch.plan).filter((step) => changes(step) && step.environment === environment);
  return there.every(isFlagRollout) && there.some(({ id }) => launch.steps[id]?.is === 'passed');
}

/** Nobody meets what is launched in the dark. */
function changes(step: Plan['steps'][string]): step is Extract<Plan['steps'][string], { kind: 'deploy' | 'rollout' }> {
  if (step.kind === 'rollout') return step.strategy !== 'dark-launch';
  return step.kind === 'deploy';
}
