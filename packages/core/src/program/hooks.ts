import type { AlertSender, HookTrigger, RolloutStep, SoakStep } from '@slipway/plan';
import type { Launch } from '../model/state.ts';
import { own } from '../own.ts';
import { stepsInOrder } from './steps.ts';

/** What an alert is matched by. */
export interface AlertLabels {
  readonly from: AlertSender;
  readonly labels: Readonly<Record<string, string>>;
}

/** A trigger of a step that is under way. */
export interface WaitingHook {
  readonly step: RolloutStep | SoakStep;
  /** Its place among those of the step that alerts pull. */
  readonly index: number;
  readonly trigger: HookTrigger;
}

/** A label by which a sender names the one launch that it means. */
export const LAUNCH_LABEL = 'slipway_launch';

/** Triggers that wait for such an alert: those of soaks under way, and of rollouts that have begun to change something. */
export function hooksFor(launch: Launch, { from, labels }: AlertLabels): readonly WaitingHook[] {
  if ((own(labels, LAUNCH_LABEL) ?? launch.id) !== launch.id) return [];
  return stepsInOrder(launch.plan).flatMap((step): readonly WaitingHook[] => {
    if ((step.kind !== 'rollout' && step.kind !== 'soak') || !isUnderWay(launch, step)) return [];
    return hooksOf(step).flatMap((trigger, index) =>
      trigger.from === from && isMatched(trigger, labels) ? [{ step, index, trigger }] : [],
    );
  });
}

function isUnderWay({ steps, touched }: Launch, { id, kind }: RolloutStep | SoakStep): boolean {
  return steps[id]?.is === 'active' && (kind === 'soak' || touched.includes(id));
}

/** Every share of a rollout has the same. */
function hooksOf(step: RolloutStep | SoakStep): readonly HookTrigger[] {
  const judging = step.kind === 'soak' ? step.judging : step.stages[0]?.judging;
  return judging?.hooks ?? [];
}

function isMatched({ match }: HookTrigger, labels: Readonly<Record<string, string>>): boolean {
  return Object.entries(match).every(([label, value]) => own(labels, label) === value);
}
