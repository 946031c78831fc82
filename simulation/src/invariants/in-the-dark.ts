import type { Launch } from '@slipway/core';
import type { Step } from '@slipway/plan';
import { Broken, type Invariant, type Setting } from './invariant.ts';

/** Nobody meets a version that gets copies of requests only, and a dark launch that passed has left nothing of it behind. */
export function inTheDark({ scenario, world }: Setting): Invariant {
  const passed = (step: Step | undefined, launch: Launch): void => {
    if (!isDark(step)) return;
    const place = world.environment(step.environment);
    if (!place.servesAlone(launch.surveys[step.id] ?? null))
      throw new Broken('in-the-dark', `${step.id} passed, but ${step.environment} ${place.describe()}`);
  };

  return {
    event: ({ recorded: { event }, after }) => {
      if (event.type === 'step-passed') passed(scenario.plan.steps[event.step], after);
    },
    landed: () => {
      for (const [name, place] of world.environments) {
        if (!place.darkIsDark) throw new Broken('in-the-dark', `in ${name}: it ${place.describe()}`);
      }
    },
  };
}

export function isDark(step: Step | undefined): step is Extract<Step, { readonly strategy: 'dark-launch' }> {
  return step?.kind === 'rollout' && step.strategy === 'dark-launch';
}
