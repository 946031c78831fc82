import type { Plan, Step } from '@slipway/plan';

/** Whether a step would change something although its phase may not. */
export function isForbiddenByPhase({ phases }: Plan, step: Step): boolean {
  return isExecutive(step) && phases.some(({ name, effect }) => name === step.phase && effect === 'read-only');
}

function isExecutive(step: Step): boolean {
  switch (step.kind) {
    case 'deploy':
    case 'rollout':
      return true;
    case 'run':
      return step.effect === 'executive';
    case 'check':
    case 'soak':
    case 'signoff':
    case 'task':
    case 'announce':
    case 'wait':
      return false;
  }
}
