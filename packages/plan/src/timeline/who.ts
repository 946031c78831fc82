import type { Plan } from '../model/plan.ts';
import type { Step } from '../model/step.ts';
import { formatTOffset } from '../text/t-offset.ts';

/** What people must do for a step, one line each. */
export function whoMustAct(plan: Plan, step: Step): readonly string[] {
  switch (step.kind) {
    case 'signoff':
      return Object.entries(step.quorum).map(([role, count]) => {
        const people = plan.people[role] ?? [];
        const all = count === people.length ? '' : ` of ${people.length}`;
        return `${role}: ${count} GO${count === 1 ? '' : 's'}${all} (${people.join(', ')})`;
      });
    case 'task': {
      const due = step.due === null ? '' : `, due ${formatTOffset(step.due)}`;
      return [
        `${step.owner}: do it and give a ${step.proof} as proof${due} (${(plan.people[step.owner] ?? []).join(', ')})`,
      ];
    }
    case 'run':
      return step.confirm === null ? [] : [`someone: type "${step.confirm}"`];
    case 'check':
    case 'deploy':
    case 'rollout':
    case 'soak':
    case 'announce':
    case 'wait':
      return [];
  }
}
