import type { Plan, Step } from '@slipway/plan';
import { Broken, type Invariant, type Setting } from './invariant.ts';

/** Nothing begins to change the world, and no sign-off opens, on a tick that is too old; and no tick counts whose address did not answer. */
export function ticks({ scenario: { plan } }: Setting): Invariant {
  const passedAt = new Map<string, number>();
  const begun = new Set<string>();
  const answered = new Set<string>();
  const judge = (step: Step, now: number): void => {
    for (const task of Object.values(plan.steps)) {
      const at = passedAt.get(task.id);
      if (task.kind !== 'task' || task.validFor === undefined || at === undefined) continue;
      if (!isInFront(plan, task.id, step) || Math.abs(now - at) < task.validFor) continue;
      const stands = Object.values(plan.steps).some((each) => begun.has(each.id) && isInFront(plan, task.id, each));
      if (!stands) throw new Broken('ticks', `${step.id} began on the tick of ${task.id}, which is too old`);
    }
  };
  return {
    event: ({ recorded: { event, at } }) => {
      if (event.type === 'task-done' || event.type === 'tick-expired') answered.delete(event.step);
      if (event.type === 'tick-expired' || event.type === 'step-skipped') passedAt.delete(event.step);
      if (event.type === 'step-skipped') begun.delete(event.step);
      if (event.type === 'effect-settled' && event.outcome.result === 'done')
        answered.add(event.effect.split(':')[0] ?? '');
      if (event.type === 'step-passed') {
        const step = plan.steps[event.step];
        if (step?.kind === 'task' && step.asked !== undefined && !answered.has(step.id))
          throw new Broken('ticks', `${step.id} passed although its address did not answer`);
        passedAt.set(event.step, at);
      }
      const next = event.type === 'step-started' ? plan.steps[event.step] : undefined;
      if (next === undefined || (next.kind !== 'signoff' && !changes(next))) return;
      judge(next, at);
      if (changes(next)) begun.add(next.id);
    },
  };
}

function changes(step: Step): boolean {
  if (step.kind === 'run') return step.effect === 'executive';
  return step.kind === 'deploy' || step.kind === 'rollout' || step.kind === 'announce';
}

function isInFront(plan: Plan, task: string, step: Step): boolean {
  return step.needs.some((id) => {
    const before = plan.steps[id];
    return id === task || (before !== undefined && isInFront(plan, task, before));
  });
}
