import type { Plan } from '../model/plan.ts';
import type { SignoffStep, Step, TaskStep } from '../model/step.ts';
import { formatDuration } from '../text/duration.ts';
import { listWords } from '../text/list-words.ts';
import { own } from '../text/own.ts';
import { formatTOffset } from '../text/t-offset.ts';

/** What people must do for a step, one line each. */
export function whoMustAct(plan: Plan, step: Step): readonly string[] {
  switch (step.kind) {
    case 'signoff':
      return [...Object.entries(step.quorum).map(([role, count]) => voters(plan, role, count)), ...rulesOf(step)];
    case 'task': {
      const due = step.due === null ? '' : `, due ${formatTOffset(step.due)}`;
      const people = (plan.people[step.owner] ?? []).join(', ');
      return [`${step.owner}: do it and give a ${step.proof} as proof${due} (${people})`, ...rulesOfTask(step)];
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

function voters(plan: Plan, role: string, count: number): string {
  const people = plan.people[role] ?? [];
  const all = count === people.length ? '' : ` of ${people.length}`;
  const delegates = own(plan.delegates ?? {}, role) ?? [];
  const instead = delegates.length === 0 ? '' : `; while none of them has voted ${delegates.join(', ')}`;
  return `${role}: ${count} GO${count === 1 ? '' : 's'}${all} (${people.join(', ')}${instead})`;
}

/** What else decides whether a tick counts. */
function rulesOfTask({ asked, validFor }: TaskStep): readonly string[] {
  const text = asked?.contains === undefined ? '' : ` and contain ${JSON.stringify(asked.contains)}`;
  return [
    ...(asked === undefined ? [] : [`the address is asked: it must answer ${asked.status}${text}`]),
    ...(validFor === undefined ? [] : [`a tick is too old after ${formatDuration(validFor)}`]),
  ];
}

/** What else decides which votes count. */
function rulesOf({ quorum, not = [], distinct, expires, remind }: SignoffStep): readonly string[] {
  const shutOut = not.map((word) => (word === 'author' ? 'who starts the launch' : word));
  return [
    ...(not.length === 0 ? [] : [`no vote: ${listWords(shutOut, 'and')}`]),
    ...(distinct !== true && Object.keys(quorum).length > 1 ? ['one person counts for every role they hold'] : []),
    ...(expires === undefined ? [] : [`a GO falls after ${formatDuration(expires)}`]),
    ...(remind === undefined
      ? []
      : [`whoever is missing is reminded every ${formatDuration(remind)}, for a day at most`]),
  ];
}
