import type { Judging, RolloutStep, SoakStep, Step, TriggerDeed } from '@slipway/plan';
import type { End, Scenario } from './fault.ts';
import { TURNED_BACK } from './endings.ts';
import { stageNames } from './stage-names.ts';

/** What may go wrong while the step is watched: it is bad, it cannot be measured, too little is measured, a trigger or an alert acts. */
export function judgedFaults(step: Step): readonly Scenario[] {
  if (step.kind !== 'soak' && step.kind !== 'rollout') return [];
  return [...watches(step), ...triggers(step), ...alerts(step)];
}

function watches(step: RolloutStep | SoakStep): readonly Scenario[] {
  return stageNames(step).flatMap((name, stage) => {
    const needsSamples = (judgingOf(step, stage)?.minSamples ?? 0) > 0;
    const kinds = needsSamples ? (['bad', 'silent', 'too-few'] as const) : (['bad', 'silent'] as const);
    const at = name === null ? step.id : `${step.id}@${name}`;
    return kinds.map((kind): Scenario => ({
      id: `${kind}:${at}`,
      fault: { kind, step: step.id, stage },
      wants: TURNED_BACK,
    }));
  });
}

function triggers(step: RolloutStep | SoakStep): readonly Scenario[] {
  return (judgingOf(step, 0)?.triggers ?? []).map(({ deed }, trigger) => ({
    id: `trigger:${step.id}#${trigger + 1}:${deed.kind}`,
    fault: { kind: 'trigger', step: step.id, trigger },
    wants: WANTS[deed.kind],
  }));
}

function alerts(step: RolloutStep | SoakStep): readonly Scenario[] {
  return (judgingOf(step, 0)?.hooks ?? []).map(({ deed }, trigger) => ({
    id: `alert:${step.id}#${trigger + 1}:${deed.kind}`,
    fault: { kind: 'alert', step: step.id, trigger },
    wants: WANTS[deed.kind],
  }));
}

/** Of a hold and a page people go back; what is switched off or only told of may end in any way that is an end. */
const WANTS: Readonly<Record<TriggerDeed['kind'], readonly End[]>> = {
  rollback: TURNED_BACK,
  hold: TURNED_BACK,
  page: TURNED_BACK,
  'flag-off': ['completed', ...TURNED_BACK],
  ticket: ['completed'],
};

/** All shares of a rollout have the same triggers. */
function judgingOf(step: RolloutStep | SoakStep, stage: number): Judging | undefined {
  return step.kind === 'soak' ? step.judging : step.stages[stage]?.judging;
}
