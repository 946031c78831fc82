import type { Launch } from '@slipway/core';
import { NEW } from '../plans/scenario.ts';
import { isFlagRollout } from '@slipway/core';
import { isDark } from './in-the-dark.ts';
import { Broken, type Invariant, type Setting } from './invariant.ts';

/** What the launch says at its end is so: rolled back means as before, completed means that the new version serves alone. */
export function worldAgrees({ scenario, world }: Setting): Invariant {
  const back = (as: string): void => {
    for (const [name, place] of world.environments) {
      if (!place.servesAlone(world.before(name)))
        throw new Broken('world-agrees', `${as}, but ${name} ${place.describe()}; before it was ${world.before(name)}`);
    }
    for (const step of Object.values(scenario.plan.steps)) {
      const undoable = step.kind === 'run' && step.undo?.kind === 'command';
      if (undoable && world.leftTrace(step.id)) throw new Broken('world-agrees', `${as}, but ${step.id} is not undone`);
    }
  };

  const forward = (launch: Launch): void => {
    for (const step of Object.values(scenario.plan.steps)) {
      if (launch.steps[step.id]?.is !== 'passed') continue;
      const brings = (step.kind === 'deploy' || step.kind === 'rollout') && !isDark(step) && !isFlagRollout(step);
      if (brings && !world.environment(step.environment).servesAlone(NEW))
        throw new Broken('world-agrees', `${step.id} passed, but ${world.environment(step.environment).describe()}`);
      if (step.kind === 'run' && step.effect === 'executive' && !world.leftTrace(step.id))
        throw new Broken('world-agrees', `${step.id} passed, but it was not done`);
    }
  };

  return {
    event: ({ recorded: { event }, before, after }) => {
      if (event.type === 'environment-verified' && !world.environment(event.environment).servesAlone(NEW))
        throw new Broken('world-agrees', `${event.environment} is said to be verified and is not`);
      if (event.type !== 'launch-ended') return;
      if (before.is === 'launch' && before.mode.is === 'ended') throw new Broken('world-agrees', 'it ended twice');
      if (event.as === 'completed') forward(after);
      if (event.as === 'scrubbed' || event.as === 'rolled-back') back(event.as);
    },
  };
}
