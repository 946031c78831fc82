import { audiencesOf, shareOfAll } from '@slipway/core';
import type { Plan, RolloutStep } from '@slipway/plan';

export interface Share {
  /** Per cent of the traffic, or of the people. */
  readonly weight: number;
  /** Milliseconds. */
  readonly hold: number;
}

/** The shares of a rollout; null where one of them is not known, for a segment is in it. */
export function sharesOf(plan: Plan, step: RolloutStep): readonly Share[] | null {
  if (step.strategy !== 'flag') return step.stages.map(({ weight, hold }) => ({ weight, hold }));
  const audiences = audiencesOf(plan, step);
  const shares = step.stages.flatMap(({ hold }, index): readonly Share[] => {
    const weight = shareOfAll(audiences[index] ?? []);
    return weight === null ? [] : [{ weight, hold }];
  });
  return shares.length === step.stages.length ? shares : null;
}
