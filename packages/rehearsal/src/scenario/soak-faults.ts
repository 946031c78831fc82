import type { Step } from '@slipway/plan';
import { TURNED_BACK } from './endings.ts';
import type { Scenario } from './fault.ts';

/** What may become of a soak besides its metrics: its checks and its reviews, and people who want it to last longer. */
export function soakFaults(step: Step): readonly Scenario[] {
  if (step.kind !== 'soak') return [];
  const { id, care } = step;
  const extended: Scenario = { id: `extend:${id}`, fault: { kind: 'extend', step: id }, wants: ['completed'] };
  return [
    ...(care === undefined || care.checks.length === 0 ? [] : checks(id)),
    ...(care?.review === undefined ? [] : reviews(id)),
    extended,
  ];
}

function checks(step: string): readonly Scenario[] {
  return (['soak-check', 'soak-unasked'] as const).map((kind) => ({
    id: `${kind}:${step}`,
    fault: { kind, step },
    wants: TURNED_BACK,
  }));
}

function reviews(step: string): readonly Scenario[] {
  return [
    { id: `review:${step}:refused`, fault: { kind: 'review', step, how: 'refused' }, wants: TURNED_BACK },
    { id: `review:${step}:overdue`, fault: { kind: 'review', step, how: 'overdue' }, wants: ['completed'] },
  ];
}
