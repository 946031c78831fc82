import type { Plan } from '../model/plan.ts';
import type { RunStep, Step } from '../model/step.ts';

/** How a step is taken back, in words; null where it changes nothing that could be. */
export function wayBack(plan: Plan, step: Step): string | null {
  switch (step.kind) {
    case 'run':
      return wayBackOfRun(step);
    case 'rollout':
      if (step.strategy === 'flag') return `switch ${step.flag} off for everybody`;
      if (step.strategy === 'dark-launch') return `end the copies, then stop ${plan.artifact.version}`;
      return wayBackOfVersion(plan, step.environment);
    case 'deploy':
      return wayBackOfVersion(plan, step.environment);
    case 'announce':
      return plan.announcements.some(({ on }) => on === 'rolled-back')
        ? 'a message cannot be unsent; the announcement on rolled-back follows it'
        : 'a message cannot be unsent';
    case 'check':
    case 'soak':
    case 'signoff':
    case 'task':
    case 'wait':
      return null;
  }
}

function wayBackOfRun({ undo }: RunStep): string | null {
  if (undo === null) return null;
  return undo.kind === 'none' ? `none: ${undo.because}` : `run ${undo.command.argv.join(' ')}`;
}

function wayBackOfVersion(plan: Plan, environment: string): string {
  const router = plan.environments[environment]?.router ?? null;
  const first = router !== null ? 'traffic back to the previous version' : 'bring the previous version back';
  return `${first}, then stop ${plan.artifact.version}`;
}
